// PlatformSpan: one span out of the records that a platform keeps of it, and the reading of files of such records.
#pragma once

#include "recordreading.h"
#include "recordrules.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace arcscope
{

/// One record of a span: as it stands in the file, and where.
struct RecordPiece {
    std::string text;
    std::uint64_t byte = 0;
    std::uint64_t line = 0;
};

class PlatformSpan
{
public:
    using Take = std::function<void(PlatformSpan& span, std::string_view path, const JsonValue& value)>;

    PlatformSpan(SpanSink& sink, IssueTally& tally, const RecordRules& rules, std::string_view format)
        : m_sink(sink)
        , m_tally(tally)
        , m_rules(rules)
        , m_format(sink.intern(format))
    {
    }

    /// Reads all records of one span, the newest first: what is set already stays. `take` is given the members that no
    /// rule names.
    void read(std::span<const RecordPiece> pieces, const Take& take);
    /// Checks, settles and gives the span; also its stream.
    Row give(PackedStream stream = {});

    SpanRecord& span() { return m_span; }
    SpanFacts& facts() { return m_facts; }
    SpanSink& sink() { return m_sink; }

    /// Each does nothing where the value is null or the fact is there already.
    void id(Id& into, const JsonValue& value);
    void parent(const JsonValue& value);
    /// ISO text, or a number whose size tells its unit.
    void time(Fact fact, const JsonValue& value);
    void text(SpanText what, const JsonValue& value);
    void fail(const JsonValue& message);

    /// JSON that was written into a string, by the rules below `path`.
    void takeText(std::string_view path, const JsonValue& text);

    /// A finding about this span.
    void report(Severity severity, IssueKind kind, std::string message);
    /// noTime where there is none.
    Nanos timeOf(const JsonValue& value);

private:
    SpanSink& m_sink;
    IssueTally& m_tally;
    const RecordRules& m_rules;
    StringId m_format;
    SpanRecord m_span;
    SpanFacts m_facts;
    std::string m_record;
    std::vector<std::unique_ptr<JsonParser>> m_parsers;
    std::vector<std::unique_ptr<JsonParser>> m_inner; ///< of texts that hold JSON
    std::int64_t m_line = -1;
};

/// Gathers the records of each span until all are there, or 64 MB of them are held.
class RecordGathering
{
public:
    using Give = std::function<void(std::span<const RecordPiece> pieces)>;

    explicit RecordGathering(Give give)
        : m_give(std::move(give))
    {
    }
    ~RecordGathering() = default;
    RecordGathering(const RecordGathering&) = delete;
    RecordGathering& operator=(const RecordGathering&) = delete;

    void add(std::string key, std::string_view text, std::uint64_t byte, std::uint64_t line);
    /// Gives what is held, in the order of the first records.
    void flush();

private:
    static constexpr std::size_t maxHeldBytes = std::size_t(64) << 20;
    Give m_give;
    std::vector<std::vector<RecordPiece>> m_held;
    std::unordered_map<std::string, std::size_t> m_places;
    std::size_t m_bytes = 0;
};

/// What the records of one span say.
SpanContent decodePlatform(std::string_view record, const RecordRules& rules,
                           std::initializer_list<std::string_view> statusMembers,
                           const std::function<void(const JsonValue& record, SpanContent& content)>& more = {});

/// What a reader of records that are spans by themselves knows.
struct PlatformFormat {
    std::string_view name;
    const RecordRules& rules;
    /// What the records of one span have in common; empty for what is no span.
    std::string (*key)(const JsonValue& record);
    PlatformSpan::Take take;
    /// After all records of a span, before it is given. False: it is not given. May be null.
    std::function<bool(PlatformSpan& span)> finish;
};

/// Reads all records of a file. `documentPaths` as for readRecords().
Result<void> readPlatform(ReadJob& job, IssueTally& tally, const PlatformFormat& format,
                          const SplitPaths* documentPaths);

/// Gives the records of a file: every top-level value, or element of a top-level array; where `documentPaths` holds
/// anything, what lies at these paths. What is no object is a ledger row.
Result<void> readRecords(ReadJob& job, IssueTally& tally, const SplitPaths* documentPaths,
                         const std::function<void(const SplitEvent& event)>& take);

} // namespace arcscope
