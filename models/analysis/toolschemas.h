// The JSON Schemas that a model was asked to keep to, of its tools and of its answer, as its call's attributes state
// them.
#pragma once

#include "content.h"

#include <span>
#include <string>
#include <vector>

namespace arcscope
{

struct ToolSchema {
    std::string name;
    std::string schema;  ///< JSON as it was sent
    bool answer = false; ///< of the answer and of no tool
};

/// Attributes of requests are looked through for objects that name a tool and hold a schema, however they lie within
/// each other: OpenAI (`function.parameters`, `parameters`), Anthropic and MCP (`input_schema`, `inputSchema`), Bedrock
/// (`inputSchema.json`), Gemini (`functionDeclarations`), the AI SDK (each tool as JSON text), OpenInference
/// (`tool.json_schema`, or what `input.value` has as `tools`), OpenLLMetry (`functions.0.name`, `.parameters`); of an
/// answer OpenAI (`response_format`, `text.format`). Each name once, the first one counts. At most 8 MB of attributes
/// are read.
std::vector<ToolSchema> toolSchemasIn(std::span<const Attribute> attributes);

/// Null where there is none of that name.
const ToolSchema* schemaOf(std::span<const ToolSchema> schemas, std::string_view tool);
const ToolSchema* answerSchema(std::span<const ToolSchema> schemas);

} // namespace arcscope
