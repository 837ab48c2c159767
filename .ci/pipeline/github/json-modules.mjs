// Lets packages import JSON without an import attribute, which @actions/workflow-parser does. Needs Node 22.
import { registerHooks } from 'node:module';

registerHooks({
  load: (url, context, next) => next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
