import { editions, isEdition, type Edition } from "../../spec/editions";
import { didYouMean, UsageError } from "../usage-error";

/** The edition of that name. Throws UsageError. */
export function editionNamed(text: string): Edition {
  if (isEdition(text)) return text;
  throw new UsageError(
    `expected an edition out of ${editions.join(", ")}, got ${JSON.stringify(text)}` +
      didYouMean(text, editions),
  );
}
