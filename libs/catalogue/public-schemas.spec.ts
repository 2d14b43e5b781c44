import { lineOf } from '@common-thread/disclosure/cells';
import { publicType } from '@common-thread/disclosure/public-events';
import type { Audience } from '@common-thread/domain/identifiers';
import { audiences } from '@common-thread/domain/identifiers';
import { declared, declaredColumns, declaredFor } from '../../test/disclosure/county/declared.js';
import { publicSchema, publicTypesFor } from './public-schemas.js';

function propertiesOf(type: string, audience: Audience): string[] {
  const properties: unknown = publicSchema(publicType(type), audience)?.properties;
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

describe('the schemas of an audience', () => {
  it.each(audiences.map((audience) => [audience]))(
    'hold for %s no field that the list kept by hand does not allow it',
    (audience) => {
      for (const type of declared.keys()) {
        const most = declaredFor(type, ['author', 'referrer', audience]);
        const fields = propertiesOf(lineOf(type).publicType, audience);
        expect(fields.filter((field) => field !== 'salt' && !most.fields.includes(field))).toEqual(
          [],
        );
      }
    },
  );

  it('name no type that an audience is told nothing of, whoever records it', () => {
    const centre = publicTypesFor('childrens-centre');
    expect(centre).toContain(publicType('session.attended'));
    expect(centre).not.toContain(publicType('review.due'));
    expect(publicTypesFor('health-visiting')).not.toContain(publicType('contact.rated'));
    expect(publicTypesFor('childrens-centre')).toContain(publicType('involvement.began'));
    // By an agreement that lets no more than existence be told.
    expect(publicTypesFor('safeguarding-hub')).toContain(publicType('involvement.began'));
    expect(publicTypesFor('partnership-board')).not.toContain(publicType('involvement.began'));
    expect(publicTypesFor('partnership-board')).not.toContain(publicType('person.registered'));
  });

  it('hold of a correction what may be told of the record it corrects', () => {
    expect(propertiesOf('person.details-corrected', 'safeguarding-hub')).toContain('nhsNumber');
    expect(propertiesOf('person.details-corrected', 'childrens-centre')).not.toContain(
      'nhsNumber',
    );
    expect(propertiesOf('person.details-corrected', 'childrens-centre')).toContain('familyName');
    expect(propertiesOf('address.corrected', 'childrens-centre')).not.toContain('corrects');
  });

  it('hold of a withdrawal and of an involvement what their rows hold', () => {
    expect(propertiesOf('record.withdrawn', 'childrens-centre')).toEqual(['salt']);
    expect(propertiesOf('involvement.began', 'childrens-centre')).toEqual(['service', 'salt']);
  });

  it('are served for every column the list knows', () => {
    expect(declaredColumns.slice(2)).toEqual([...audiences]);
  });
});
