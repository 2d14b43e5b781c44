import type { ReadModel } from '@common-thread/projecting/read-model';
import { Poisoned } from './command-process.js';
import type { World } from './world.js';

/** A read model that cannot fold some rows until it is mended: their lines stop there, all others go on. */
export function poisonedModel(model: ReadModel, world: World): ReadModel {
  return {
    ...model,
    tables: model.tables.map((table) => ({
      ...table,
      fold: (document, row, key) => {
        if (world.isPoison(model.name, row.envelope.id)) throw new Poisoned('cannot be folded');
        return table.fold(document, row, key);
      },
    })),
  };
}
