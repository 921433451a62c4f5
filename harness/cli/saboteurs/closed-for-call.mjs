import { closed, serve } from "./honest.mjs";

serve({ call: closed });
