import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { mergeMap } from 'rxjs';

export interface PageOptions {
  /** What the page is, first words first; "Error:" is put before it where `hasErrors`. */
  readonly title: string;
  /** HTTP status; 200 where it is left out. */
  readonly status?: number;
  readonly hasErrors?: boolean;
  /** Path of the navigation entry it belongs to. */
  readonly section?: string;
}

/** A page to show: a thin template and the view that a presenter made for it. */
export class Page {
  constructor(
    readonly template: `${string}.njk`,
    readonly view: object,
    readonly options: PageOptions,
  ) {}
}

/** Go to another page of this app, by its path. */
export class GoTo {
  constructor(readonly path: string) {}
}

/** Draws a page in its layout. */
export abstract class PageDrawing {
  abstract draw(request: FastifyRequest, reply: FastifyReply, page: Page): Promise<string>;
}

/** Lets handlers answer with a Page or a GoTo, so that they can be tested without HTTP. */
export class PageAnswers implements NestInterceptor {
  constructor(private readonly drawing: PageDrawing) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      mergeMap(async (answer) => {
        if (answer instanceof GoTo) {
          reply.status(303).header('location', answer.path);
          return '';
        }
        if (!(answer instanceof Page)) return answer;
        reply.status(answer.options.status ?? 200).type('text/html; charset=utf-8');
        return this.drawing.draw(request, reply, answer);
      }),
    );
  }
}
