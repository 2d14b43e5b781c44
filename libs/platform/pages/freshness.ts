/** How far this agency's own copies have come. Every page says so: "up to date to 2:09pm". */
export abstract class Freshness {
  /** Everything told to this agency before this instant is on its pages; null while that is not known. */
  abstract upToDateTo(): Promise<Date | null>;
}
