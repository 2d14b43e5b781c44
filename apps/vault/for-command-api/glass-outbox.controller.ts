import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiSchema,
  ApiTags,
} from '@nestjs/swagger';
import { IsIn, IsUUID } from 'class-validator';
import type { GlassStep, GlassStepName } from '@common-thread/domain/break-glass/glass-outbox';
import { glassSteps } from '@common-thread/domain/break-glass/glass-outbox';
import { answering } from '../problems.js';
import { VaultCore } from '../vault-core.js';
import { CommandWriterAlone } from './command-writer.js';

@ApiSchema({ name: 'GlassStepNamed' })
export class GlassStepBody {
  @ApiProperty({ format: 'uuid' })
  @IsUUID(undefined, { message: 'name a grant by id' })
  readonly glassId!: string;

  @ApiProperty({ enum: glassSteps })
  @IsIn(glassSteps, { message: `name a step: ${glassSteps.join(', ')}` })
  readonly step!: GlassStepName;
}

@ApiSchema({ name: 'GlassSteps' })
export class GlassStepsAnswer {
  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description: 'Each with the command that records it; the earliest first.',
  })
  readonly steps!: readonly GlassStep[];
}

@ApiTags('for command-api')
@ApiBearerAuth()
@UseGuards(CommandWriterAlone)
@Controller('v1/glass-outbox')
export class GlassOutboxController {
  constructor(private readonly vault: VaultCore) {}

  @Post('pending')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say what was granted in emergencies and is not in the log yet' })
  @ApiOkResponse({ type: GlassStepsAnswer })
  async pending(): Promise<GlassStepsAnswer> {
    return { steps: await answering(() => this.vault.glassOutbox.pending()) };
  }

  @Post('recorded')
  @HttpCode(204)
  @ApiOperation({ summary: 'Say that the log has it' })
  @ApiNoContentResponse()
  async recorded(@Body() step: GlassStepBody): Promise<void> {
    await answering(() => this.vault.glassOutbox.recorded(step));
  }
}
