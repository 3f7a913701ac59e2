"""Explain each field of the hand-written files in one Arabic line: for scaffolds and for editors that complete.

A test holds the table and the model together.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

from dossier.content.model import (
    Actor,
    Agreement,
    Citation,
    Claim,
    ContentPage,
    Difference,
    Event,
    Grade,
    Judgment,
    Meaning,
    OriginalRef,
    Place,
    Repeat,
    Report,
    Settings,
    Speaker,
    Unknown,
)

_WAS = "معرّفات سابقة، تقود عناوينها إلى هذه الصفحة"
_CERTAINTY = "مدى ثقتنا بالصلة: certain مؤكدة، probable مرجّحة، possible ممكنة"
_ITS_REPORT = "معرّف التقرير الآخر"
_ITS_CLAIM = "رقم القول في ذلك التقرير، مثل c2"
_LATIN = "الاسم بالحروف اللاتينية"

HELP: Mapping[type[BaseModel], Mapping[str, str]] = {
    Report: {
        "title": "مطلوب. عنوان من عندنا، لا عنوان الناشر",
        "seed": "مطلوب. اسم ملف النص في seeds/ بلا مسار",
        "added": 'يوم دخول التقرير إلى الملف: "2026-01-31"',
        "revised": "يوم آخر تعديل، بالصيغة نفسها",
        "original": "المقال كما التُقط من صفحة ناشره، ويُعرف ببصمته",
        "outlet": "معرّف وسيلة الإعلام (فاعل نوعه outlet)، أو null إن لم يسمّها النص",
        "via": "الوسائل التي ينقل المقال عنها",
        "author": "الكاتب كما يسمّيه المقال، أو null",
        "published": 'تاريخ النشر بصيغة EDTF بين علامتي اقتباس: "2017-05-03" أو "2017-07/2017-08" أو "2017~"؛ أو null',
        "published_basis": "كيف عرفنا التاريخ: الكلمات أو الوقائع التي يقوم عليها",
        "genre": "news خبر، opinion رأي، digest عرض لمقال غيره، interview مقابلة، analysis تحليل",
        "grade": "تقييم المصدر والمعلومة بنظام الأميرالية: F و6 ما لم يقيّم أحد",
        "topics": "كلمات موضوعات",
        "means": "اسم ملتبس حسمه المحرر فقرة فقرة: القاهرة مدينةً أم حكومة؟",
        "was": _WAS,
        "cites": "تقارير هذا الملف التي يعتمد عليها المقال",
        "claims": "الأقوال: ما يقوله المقال واحدًا واحدًا، ومن قاله",
    },
    OriginalRef: {
        "sha256": "مطلوب. بصمة SHA-256 لملف الأصل، كما يكتبها sha256sum",
        "file": "اسم ملف الأصل",
        "headline": "عنوان الناشر كما هو",
        "url": "عنوان المقال على الشبكة",
        "archived_url": "عنوان نسخة محفوظة منه",
        "captured": "متى التُقط وكيف",
    },
    Grade: {
        "reliability": "موثوقية المصدر: من A (تامة) إلى E (معدومة)، وF لا يمكن الحكم",
        "credibility": "مصداقية المعلومة: من 1 (مؤكدة من غيره) إلى 5 (غير محتملة)، و6 لا يمكن الحكم",
        "note": "على ماذا يقوم التقييم",
    },
    Meaning: {
        "text": "الاسم كما يرد في النص",
        "actor": "معرّف الفاعل المقصود",
        "at": "فقرات النص التي يصح فيها ذلك، من 1",
        "original_at": "فقرات الأصل التي يصح فيها ذلك",
    },
    Citation: {"report": _ITS_REPORT, "certainty": _CERTAINTY, "why": "بماذا نعرف أنه يعتمد عليه"},
    Claim: {
        "id": "مطلوب. الحرف c ورقم لا يتكرر في التقرير ولا يتغير بعد النشر",
        "text": "مطلوب. جملة محايدة من عندنا، فيها من يقول",
        "said": "مطلوب. من قاله: المتكلم الأول ثم من نقل عنه، والكاتب قبل الوسيلة",
        "about": "معرّفات الفاعلين الذين يخصهم القول",
        "when": "متى كان ما يقوله، بصيغة EDTF، أو null",
        "when_text": "كلمات المقال نفسها عن الوقت: «السنة الماضية»",
        "at": "مطلوب. رقم الفقرة في seeds/، من 1",
        "original_at": "رقم الفقرة في الأصل إن عُرف",
        "mode": "مطلوب. reported منقول، hedged متحفَّظ فيه، conditional مشروط، denied منفي، feared متخوَّف منه، opinion رأي، planned مزمع",
        "event": "معرّف الحدث إن كان له ملف في content/events/",
        "repeats": "أقوال يعتمد عليها هذا القول: أصلها أصله",
        "agrees": "أقوال تقول مثله ولا تعتمد عليه ولا يعتمد عليها",
        "differs": "أقوال تخالفه، وفي ماذا",
    },
    Speaker: {
        "who": "معرّف الفاعل، أو null لمن لا يسميه النص",
        "as": "وصفه بكلمات النص: مصدر عسكري",
        "anonymous": "true لمن يُخفي النص اسمه",
    },
    Repeat: {"report": _ITS_REPORT, "claim": _ITS_CLAIM, "certainty": _CERTAINTY, "why": "بماذا نعرف أنه يعتمد عليه"},
    Agreement: {"report": _ITS_REPORT, "claim": _ITS_CLAIM, "certainty": _CERTAINTY, "why": "فيمَ يلتقيان"},
    Difference: {
        "report": _ITS_REPORT,
        "claim": _ITS_CLAIM,
        "in": "موضع الخلاف: date تاريخ، actor فاعل، place مكان، object موضوع، number عدد، wording صياغة",
        "certainty": _CERTAINTY,
        "why": "ماذا يقول كل منهما",
    },
    Actor: {
        "name": "مطلوب. الاسم بالعربية كما يُعرض",
        "latin": _LATIN,
        "kind": "مطلوب. person, state, government, parliament, armed-force, armed-group, intelligence, organisation, party, institute, outlet",
        "aliases": "أسماء أخرى تسميه بها النصوص: تُربط ويُبحث فيها",
        "spellings": "كيف قد يكتبه القراء: يُبحث فيها ولا تُربط",
        "ambiguous": "أسماء قد تعني غيره: لا تُربط إلا حيث يحسمها means أو قاعدة مؤكدة",
        "part_of": "معرّفات ما هو جزء منه",
        "wikidata": "رقمه في ويكي بيانات، مثل Q79؛ يُترك ما لم يكن مؤكدًا",
        "role": "صفته في سطر",
        "was": _WAS,
    },
    Event: {
        "title": "مطلوب. الحدث في سطر",
        "when": "متى يقال إنه كان، بصيغة EDTF، أو null",
        "when_basis": "من أين نعرف التاريخ",
        "place": "اسم مكان من content/places.yaml",
        "actors": "معرّفات الفاعلين فيه",
        "was": _WAS,
    },
    Place: {"name": "مطلوب. اسم المكان", "latin": _LATIN, "spellings": "كتابات أخرى يُبحث بها"},
    ContentPage: {"title": "مطلوب. عنوان الصفحة"},
    Settings: {
        "title": "مطلوب. عنوان الملف كله",
        "description": "ما هذا الملف، في جملتين",
        "url": "أين سيُنشر: بلا عنوان لا خلاصة ولا خريطة للموقع",
        "publisher": "من ينشره",
        "contact": "كيف يُراسَل الناشر لتصحيح",
        "licence": "رخصة نصوصنا",
        "digits": "latn للأرقام 123 أو arab للأرقام ١٢٣",
        "font": "اسم خط مثبت غير خط المشروع",
        "judgments": "الأحكام: خلاصات تقوم على أقوال، وفي نص كل منها من يقول",
        "unknowns": "ما لا تحسمه المصادر",
    },
    Judgment: {
        "text": "مطلوب. الحكم، وفيه من يقول",
        "confidence": "مطلوب. الثقة: low ضعيفة، moderate متوسطة، high عالية",
        "claims": "مطلوب. الأقوال التي يقوم عليها، مكتوبة <report>#<claim>",
    },
    Unknown: {"text": "مطلوب. السؤال الذي لا تحسمه المصادر", "claims": "الأقوال التي تثيره"},
}
