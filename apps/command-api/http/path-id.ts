import type { PipeTransform } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { problems } from '@common-thread/platform/problem';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** An id in a path. What cannot be one is not found, like any id that is nobody's. */
@Injectable()
export class PathId implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!UUID.test(id)) throw problems.notFound();
    return id;
  }
}
