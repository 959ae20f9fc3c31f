/** The command line was written wrongly: exit 2. */
export class WrongUse extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = "WrongUse";
    this.remedy = remedy;
  }
}
