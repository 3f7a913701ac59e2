// On /integrity/: which edition of the site is kept on the reader's device, where it is.
const { serviceWorker } = navigator;
const shown = document.querySelector("[data-edition]");
const { port1, port2 } = new MessageChannel();
port1.onmessage = async ({ data }) => {
  const name = document.createElement("code");
  name.dir = "ltr";
  name.textContent = data;
  shown?.replaceChildren("النسخة المحفوظة على جهازك: ", name);
  const registration = await serviceWorker.ready;
  let told = false;
  const tell = () => {
    if (!registration.waiting || told) return;
    told = true;
    shown?.append(" ونزلت نسخة أحدث، وتظهر حين تنتقل إلى صفحة أخرى وليس غيرها من الملف مفتوحًا.");
  };
  tell();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", tell));
};
serviceWorker?.controller?.postMessage("edition", [port2]);
