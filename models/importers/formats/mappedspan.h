// MappedSpan: one span made by a rule of a mapping out of one element.
#pragma once

#include "mappingvalues.h"
#include "messagecount.h"
#include "recordreading.h"
#include "spanrecord.h"

namespace arcscope
{

/// What a span hands on to those below it.
struct MappedParent {
    Id trace;
    Id span;
    std::string idPrefix; ///< of the ids of spans that have none
    std::array<StringId, spanTextCount> texts{};
};

/// A length that was recorded, of a span that may have no time.
struct MappedSpan {
    SpanRecord span;
    Nanos length = noTime;
    std::string_view call; ///< the id of the call that it answers
};

/// Where what is wrong with an element goes, with the place of its record.
struct MappedIssues {
    IssueTally& tally;
    std::int64_t line = -1;
    std::int64_t byte = -1;

    void add(Severity severity, IssueKind kind, std::string message) const
    {
        tally.add(severity, kind, std::move(message), line, byte);
    }
};

/// Everything but what lies around it: parent, record and resource.
MappedSpan mapSpan(const MappingRule& rule, const MappingScope& scope, const MappedParent& parent, SpanSink& sink,
                   const MappedIssues& issues);

/// A list of objects with roles. Any other JSON in a text is what somebody wrote.
bool isMessageList(const PickedValue& value);

/// Messages at a place: JSON, text that holds a list of messages, or any other text, which is one message.
MessageCount countedMessages(const PickedValue& value);

/// Texts that hold for everything below a span, too.
bool isInherited(SpanText text);

} // namespace arcscope
