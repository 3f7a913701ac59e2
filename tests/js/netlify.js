// What Netlify's own parsers make of a netlify.toml and of a _redirects: `node netlify.js netlify.toml _redirects`, as JSON.
import { parseAllHeaders } from "@netlify/headers-parser";
import { parseAllRedirects } from "@netlify/redirect-parser";

const [netlifyConfigPath, redirects] = process.argv.slice(2);
const headers = await parseAllHeaders({ headersFiles: [], netlifyConfigPath, configHeaders: [], minimal: true });
const led = await parseAllRedirects({ redirectsFiles: [redirects], netlifyConfigPath, configRedirects: [], minimal: true });
const faults = [...headers.errors, ...led.errors].map((error) => error.message);
process.stdout.write(JSON.stringify({ headers: headers.headers, redirects: led.redirects, faults }));
