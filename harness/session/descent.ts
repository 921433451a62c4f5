import { readFileSync } from "node:fs";

/*
 * An adapter tells which process runs its session, and we are going to signal that process, in the end with SIGKILL.
 * A wrong number must not hit a stranger, so where the kernel tells who started whom, we look.
 */

/** Whether we know that `pid` is none of what the adapter `leader` started: not below it, not in its group. */
export function isForeign(pid: number, leader: number): boolean {
  if (pid === process.pid || pid === process.ppid || pid === 1) return true;
  let at = relativesOf(pid);
  if (pid === leader || at === undefined || at.group === leader) return false;
  while (at !== undefined && at.parent > 1) {
    if (at.parent === leader) return false;
    at = relativesOf(at.parent);
  }
  return true;
}

/** Parent and process group; undefined for a process that is gone, and where there is no /proc. */
function relativesOf(pid: number): { readonly parent: number; readonly group: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in parentheses, may contain anything.
    const [, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(parent), group: Number(group) };
  } catch {
    return undefined;
  }
}
