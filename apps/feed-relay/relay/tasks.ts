/** What is left to do for one event; kept with the checkpoint, so that a joining set resumes where it stopped. */
export type Task =
  /** Tell a recipient what it has not yet been told on a line. */
  | {
      readonly kind: 'walk';
      readonly recipient: string;
      readonly line: string;
      /** The event begins or ends its entitlement to the line. */
      readonly change: 'begins' | 'ends' | null;
    }
  /** Tell the author or referrer, whatever its relationship is now. */
  | { readonly kind: 'own'; readonly recipient: string }
  /** Correct or withdraw what a recipient was told, wherever that was. */
  | { readonly kind: 'follow'; readonly recipient: string };
