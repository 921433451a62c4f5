import { stringify } from "yaml";

import { configName } from "../subjects/config";

/** What `init` is asked for. */
export interface Project {
  /** What the subject is called in the configuration. */
  readonly name: string;
  /** A subject string. */
  readonly subject: string;
  /** The version of this package, which the workflow pins. */
  readonly version: string;
}

/** A file of a project, by its path in the project. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

const expectationsName = "runner-conformance.expectations.yaml";

/** The files that gate a project: its configuration, what is known not to hold, and a workflow. */
export const filesFor = (project: Project): readonly ProjectFile[] => [
  { path: configName, text: configuration(project) },
  { path: expectationsName, text: expectations },
  { path: ".github/workflows/runner-conformance.yml", text: workflow(project) },
];

const configuration = ({ name, subject }: Project): string =>
  stringify({ expectations: expectationsName, subjects: { [name]: subject } });

const expectations = `# What is known not to hold, and why that is accepted; the gate is red on everything else that fails.
# runner-conformance baseline update NAME writes entries for what fails now.
version: 1
expectations: []
`;

function workflow({ name, subject, version }: Project): string {
  const text = stringify(
    {
      name: "runner-conformance",
      on: { push: null, pull_request: null },
      permissions: { contents: "read" },
      jobs: {
        judge: {
          "runs-on": "ubuntu-latest",
          steps: [
            { uses: "actions/checkout@v4" },
            ...(subject.startsWith("python:")
              ? [{ uses: "actions/setup-python@v5", with: { "python-version": "3.13" } }]
              : []),
            { uses: "actions/setup-node@v4", with: { "node-version": "22" } },
            {
              name: "Judge",
              shell: "bash",
              run: judging({ name, version }),
            },
            {
              name: "Keep the results",
              if: "always()",
              uses: "actions/upload-artifact@v4",
              with: { name: "runner-conformance", path: "conformance-results" },
            },
          ],
        },
      },
    },
    { lineWidth: 0, nullStr: "" },
  );
  // A job that hangs costs money for six hours; the whole suite takes a minute.
  return text.replace("    runs-on:", "    timeout-minutes: 15\n    runs-on:");
}

const judging = ({ name, version }: Pick<Project, "name" | "version">): string =>
  [
    `npx --yes runner-conformance@${version} run ${name} --out conformance-results \\`,
    "  --html conformance-results/report.html --junit conformance-results/junit.xml \\",
    '  --markdown "$GITHUB_STEP_SUMMARY"',
    "",
  ].join("\n");
