/* Tests compare what programs print: nothing in the environment may ask for colours. */
delete process.env.FORCE_COLOR;
process.env.NO_COLOR = "1";
