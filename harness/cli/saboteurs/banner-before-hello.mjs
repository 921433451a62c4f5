import { serve, write } from "./honest.mjs";

write("Welcome to my Python\n");
serve();
