// It says that something is done, and it is not; and what is left where no rule holds.
#include "jsonschema.h"
#include "openitems.h"
#include "proselines.h"
#include "stopchecks.h"
#include "toolschemas.h"

#include <algorithm>

namespace arcscope
{
namespace
{

/// "/properties/x/required/0"
bool isOfRequired(const SchemaViolation& violation)
{
    constexpr std::string_view keyword = "/required/";
    const std::string_view pointer = violation.schemaPointer;
    const std::size_t at = pointer.rfind(keyword);
    return at != std::string_view::npos &&
           pointer.find_first_not_of("0123456789", at + keyword.size()) == std::string_view::npos;
}

/// The request names a schema, the answer is whole JSON, and a required member is not in it.
void checkSchemaOf(const StoppedCall& call, StopHits& into)
{
    const StopText* const last = call.lastText();
    if (!last || call.texts.size() != 1 || !call.content || !call.endsCleanly() ||
        !prose::trimmed(last->text).starts_with('{'))
        return;
    JsonStory document;
    document.feed(last->text);
    if (document.finish() != JsonState::Complete)
        return;
    const auto schemas = toolSchemasIn(call.content->attributes);
    const ToolSchema* const asked = answerSchema(schemas);
    if (!asked)
        return;
    JsonStory schema;
    schema.feed(asked->schema);
    schema.finish();
    const auto checked = checkSchema(schema, document);
    if (!checked)
        return;
    const auto& violations = checked->violations;
    const auto missing = std::ranges::find_if(violations, isOfRequired);
    if (missing != violations.end())
        into.push_back({StopRuleId::MissingFields, last->place, document.node(missing->node).opened,
                        document.node(missing->node).end, 0});
}

void checkItemsOf(const StoppedCall& call, StopHits& into)
{
    const StopText* const last = call.lastText();
    if (!last || !call.around.openItems || !call.endsCleanly())
        return;
    if (const auto claim = claimOfAllDone(last->text))
        into.push_back({StopRuleId::OpenItems, last->place, claim->from, claim->to, 0});
}

} // namespace

void checkFalseCompletion(const StoppedCall& call, StopHits& into)
{
    checkSchemaOf(call, into);
    checkItemsOf(call, into);
    if (!call.around.falseClaim || !call.calls.empty())
        return;
    const FalseClaim& claim = *call.around.falseClaim;
    into.push_back({claim.failed ? StopRuleId::SuccessAfterError : StopRuleId::ActionWithoutCall, claim.place,
                    claim.from, claim.to, 0});
}

StopHit remaining(const StoppedCall& call)
{
    StopHit hit{StopRuleId::EndsWhole, {}, -1, -1, 0};
    if (!call.texts.empty())
        hit.place = call.texts.back().place;
    if (call.claim == StopClaim::Unknown) {
        hit.rule = StopRuleId::UnlistedWord;
        return hit;
    }
    const bool unfinished = call.claim == StopClaim::NotRecorded &&
                            call.corpus.spans.flagged(call.row, SpanFlag::Unfinished) &&
                            call.corpus.spans.status(call.row) == SpanStatus::Unset;
    if (!call.texts.empty() || call.other) {
        if (unfinished && call.texts.empty())
            hit.rule = StopRuleId::NoEvidence;
        return hit;
    }
    if (call.outputKnown && call.claim != StopClaim::NotRecorded)
        hit.flags = bit(StopFlag::NothingSaid);
    else
        hit.rule = StopRuleId::NoEvidence;
    return hit;
}

} // namespace arcscope
