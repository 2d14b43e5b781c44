import type { Type } from '@nestjs/common';
import { createPool } from '@common-thread/adapters/postgres/pool';
import { rolesFor } from '@common-thread/platform/signed-in';
import { SafeguardingHubModule } from './safeguarding-hub.module.js';

const officers = 'information-governance';
const pool = createPool({ url: 'postgres://127.0.0.1:9/none', applicationName: 'described' });
afterAll(() => pool.end());

/** Every handler with a path of its own, by `Controller.method`, and the roles it is for. */
function handlersOf(controllers: readonly Type[]) {
  return controllers.flatMap((controller) =>
    Object.getOwnPropertyNames(controller.prototype).flatMap((name) => {
      const handler: unknown = Reflect.get(controller.prototype as object, name);
      if (name === 'constructor' || typeof handler !== 'function') return [];
      if (!Reflect.hasMetadata('path', handler)) return [];
      const roles = rolesFor(handler) ?? rolesFor(controller);
      return [{ route: `${controller.name}.${name}`, roles }];
    }),
  );
}

/** Routes that say nothing of whom they are for, or that show an officer content. */
function openToOfficers(controllers: readonly Type[]): string[] {
  return handlersOf(controllers).flatMap(({ route, roles }) =>
    !roles || (roles.includes(officers) && roles.length > 1) ? [route] : [],
  );
}

describe('the routes of a hub', () => {
  const { controllers = [] } = SafeguardingHubModule.onPool(pool);

  it('each say whom they are for, and show an officer nothing that triage works with', () => {
    expect(handlersOf(controllers).length).toBeGreaterThan(10);
    expect(openToOfficers(controllers)).toEqual([
      // Where everybody arrives: an officer is sent on from there.
      'TriageQueuePageRoutes.show',
      // Managers review broken glass as officers do, and see no more of a record there.
      'GlassReviewPageRoutes.show',
      'GlassReviewPageRoutes.review',
    ]);
  });

  it('would be found out where one says nothing', () => {
    class Forgotten {
      show(this: void) {
        return 'a record';
      }
    }
    Reflect.defineMetadata('path', '/', Forgotten.prototype.show);
    expect(openToOfficers([Forgotten])).toEqual(['Forgotten.show']);
  });
});
