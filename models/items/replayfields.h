// What traces can be told apart by, so that some of them are the base of a replay and others its candidates.
#pragma once

#include "replaydecision.h"
#include "spantable.h"

#include <QString>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace arcscope
{

struct OpenCorpus;

/// Traces of one value; ascending.
struct ReplayValue {
    std::string text;
    std::vector<std::uint32_t> traces;
    std::uint32_t tasks = 0; ///< different ones among them, by task id or name
};

struct ReplayField {
    std::string name;                ///< "model", "file", "run", or that of a SpanText
    std::vector<ReplayValue> values; ///< two at least, and mostFieldValues; in the order of the corpus
};
using ReplayFields = std::vector<ReplayField>;
using ReplayFieldsPtr = std::shared_ptr<const ReplayFields>;

inline constexpr std::size_t mostFieldValues = 60;

/// Fields whose values differ between traces. "file": the end of the path that tells files apart; "run": how many
/// traces of the same task came before, "run 1", "run 2". `sources`: names of the files, by number. Of spans the first
/// that has a value tells for its trace. O(spans).
ReplayFields replayFields(const Corpus& corpus, const std::vector<std::string>& sources);

/// The field whose two largest values share most tasks, all other values that share a third of them candidates, too;
/// nothing where no two values share a task.
ReplaySides likelySides(const ReplayFields& fields, const Corpus& corpus);

/// Traces of each side, the base first; empty where the sides name something that is not there.
std::vector<std::vector<std::uint32_t>> tracesOfSides(const ReplayFields& fields, const ReplaySides& sides);

/// The side that has this name now: files are named by the end of their path that tells them apart, which grows where
/// more are imported. Of several that it may be the first, which was there before the others; null: none.
const std::string* sideNamed(const std::vector<std::string>& names, std::string_view said);
/// With the names that they have now; those that are not there stay.
ReplaySides sidesNow(const ReplayFields& fields, ReplaySides sides);
std::vector<std::string> valuesOf(const ReplayField& field);

/// Names where room is short: of those that begin with the same words "…" stands for these words but the last.
/// "…gpt-4_10_turns.json".
std::vector<std::string> endsOfNames(const std::vector<std::string>& names);

const ReplayField* fieldNamed(const ReplayFields& fields, const std::string& name);
QString replayFieldText(const std::string& name); ///< "Model", "File", "Run of the task"

} // namespace arcscope
