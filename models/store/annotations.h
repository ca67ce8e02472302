// What people write into a workspace: annotations, what they are writing just now, and settings. Small ordinary rows;
// imports leave them be.
#pragma once

#include "annotation.h"
#include "result.h"
#include "spantable.h"
#include "times.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

class Workspace;

/// The longest body of a note, reason of a verdict or value of a setting, in bytes.
inline constexpr std::size_t maxAnnotationBytes = std::size_t{1} << 20;

/// What a note is about, in words that later imports do not change: "trace:ID/span:ID", or "span-row:N" where the
/// source gives the span no id. Needs Trace and the columns of the span id.
std::string placeOfSpan(const Corpus& corpus, Row row);

/// The same for a trace: "trace:ID", or "trace-row:N" where it has no id. Needs the columns of the trace id.
std::string placeOfTrace(const Corpus& corpus, std::uint32_t trace);

/// A change of what is written, all of it or nothing: `keep` comes new or in the place of the one of its id, those with
/// the ids of `remove` go, as far as they are there. Error: Store, where the workspace may not be written to, or
/// another program is writing to it; Usage for a text that is too long, an id that is none, a part that is none.
Result<void> changeAnnotations(Workspace& workspace, std::span<const Annotation> keep,
                               std::span<const std::int64_t> remove = {});
/// The same as a part of a transaction that the caller has begun.
Result<void> keepAnnotation(Workspace& workspace, const Annotation& annotation);
/// A new note on a place.
Result<Annotation> addNote(Workspace& workspace, std::string_view place, std::string_view body, Nanos now);
/// In the order they were made.
Result<std::vector<Annotation>> annotations(Workspace& workspace);

/// A text that somebody was writing and had not handed in: what is left of it when the program ends badly.
struct Draft {
    std::string place; ///< of the note it is to be, or another word for where it is written
    std::string body;
    Nanos changed = noTime;

    bool operator==(const Draft&) const = default;
};

/// One for each place; an empty one is forgotten. Error: as of changeAnnotations().
Result<void> keepDraft(Workspace& workspace, const Draft& draft);
/// By place.
Result<std::vector<Draft>> drafts(Workspace& workspace);

Result<void> setSetting(Workspace& workspace, std::string_view name, std::string_view value);
Result<std::optional<std::string>> setting(Workspace& workspace, std::string_view name);

} // namespace arcscope
