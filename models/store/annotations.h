// What people write into a workspace: notes and settings. Small ordinary rows; imports leave them be.
#pragma once

#include "ids.h"
#include "result.h"
#include "spantable.h"
#include "times.h"

#include <optional>
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

struct Note {
    std::int64_t id = 0;
    std::string place;
    std::string body;
    Nanos created = noTime;
    Nanos changed = noTime;

    bool operator==(const Note&) const = default;
};

/// Each of these is a transaction of its own. Error: Store, where the workspace may not be written to, or another
/// program is writing to it; Usage for a text that is too long; NotFound for a note that is not there.
Result<Note> addNote(Workspace& workspace, std::string_view place, std::string_view body, Nanos now);
Result<void> changeNote(Workspace& workspace, std::int64_t id, std::string_view body, Nanos now);
Result<void> removeNote(Workspace& workspace, std::int64_t id);
/// Makes `body` the only note of a place, or removes all of them where it is empty.
Result<void> replaceNotes(Workspace& workspace, std::string_view place, std::string_view body, Nanos now);
/// In the order they were made; of one place, or of all.
Result<std::vector<Note>> notes(Workspace& workspace, std::optional<std::string_view> place = std::nullopt);

Result<void> setSetting(Workspace& workspace, std::string_view name, std::string_view value);
Result<std::optional<std::string>> setting(Workspace& workspace, std::string_view name);

} // namespace arcscope
