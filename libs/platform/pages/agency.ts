/** The organisation whose app this is, in one audience. */
export class Agency {
  /** Short name of the organisation: `fairholme-hub`. */
  readonly organisation: string;

  constructor(
    /** `fairholme-hub.safeguarding-hub` */
    readonly recipient: string,
    /** As people know it. */
    readonly name: string,
  ) {
    this.organisation = recipient.slice(0, recipient.lastIndexOf('.'));
  }
}
