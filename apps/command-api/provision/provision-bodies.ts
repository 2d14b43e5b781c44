import { limits } from '@common-thread/domain/limits';
import { Line, Recipients, ShortName } from '../http/body-fields.js';
import { RecordedWhen } from '../http/recorded-when.js';

/** The whole record, as it should read from now on. */
export class OrganisationBody extends RecordedWhen {
  @ShortName({ description: 'Stable for ever.' })
  organisationId!: string;

  @Line(200)
  name!: string;

  @Recipients({ description: 'The recipients it acts as; a feed begins with the first record.' })
  recipients!: string[];

  @Line(limits.telephoneCharactersMax, { optional: true })
  telephone?: string;
}

/** The whole record, as it should read from now on. */
export class PlaceBody extends RecordedWhen {
  @ShortName({ description: 'Stable for ever.' })
  placeId!: string;

  @ShortName()
  organisationId!: string;

  @Line(200)
  name!: string;

  @ShortName()
  cluster!: string;

  @ShortName()
  district!: string;
}
