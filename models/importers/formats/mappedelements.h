// MappedElements: the spans of one record after the other, with all that lies below them.
#pragma once

#include "mappedcalls.h"
#include "mappedspan.h"

#include <functional>
#include <memory>
#include <set>
#include <unordered_map>

namespace arcscope
{

/// How decodeMapped() finds its way: what is put before the content of a rule in SpanText::Resource.
struct MappedSource {
    std::string name;                 ///< of the mapping
    std::vector<std::string> columns; ///< of a CSV file
    char delimiter = 0;
};

class MappedElements
{
public:
    MappedElements(SpanSink& sink, IssueTally& tally, const Mapping& mapping, MappedSource source,
                   std::string_view fileName);

    MappingDocument& document() { return m_document; }
    /// A record; `key` is that of a member. Where it is in the file goes to the ledger with what is wrong.
    void json(const JsonValue& record, std::string_view key, const MappedIssues& issues);
    void row(const std::vector<std::string_view>& fields, std::string_view text, const MappedIssues& issues);
    /// Calls that were not answered, and what goes to the ledger once.
    void finish();

private:
    /// A level made ready for reading.
    struct Level {
        explicit Level(const MappingLevel& from);

        const MappingLevel* level;
        MappingPlaces places;
        std::vector<std::vector<std::unique_ptr<Level>>> children; ///< by rule
        JsonParser parser;                                         ///< of what is walked
        MappingScope scope;
    };
    struct Held {
        const MappingRule* rule;
        MappedSpan mapped;
        std::string record;
    };
    /// The elements of one list.
    struct Siblings {
        MappedParent parent;
        SpanRecord* around = nullptr;
        MappedCalls* calls = nullptr;
        std::vector<Held>* sequence = nullptr; ///< where their times follow from their lengths
        const MappedIssues* issues = nullptr;
    };
    using TakeElement = std::function<void(const JsonValue& element, std::string_view key)>;

    void begin(Level& level, std::string_view key, std::uint64_t number, const MappingScope* outer);
    void record(std::string_view raw, const MappedIssues& issues);
    void element(Level& level, std::string_view raw, const Siblings& siblings);
    void below(Level& level, std::size_t index, const MappingScope& around, Siblings siblings);
    void walkLevel(Level& level, const MappingScope& around, const MappedIssues& issues, const TakeElement& take);
    void zip(Level& level, const MappingScope& around, const MappedIssues& issues, const TakeElement& take);
    void give(const MappingRule& rule, MappedSpan mapped, std::string record, const Siblings& siblings);
    void place(std::vector<Held>& held, MappingSequence sequence, SpanRecord* around);
    void add(const MappingRule& rule, const MappedSpan& mapped, std::string_view record);
    StringId resourceOf(const MappingRule& rule);
    void giveUnanswered(const MappedCall& call);
    void nameUnused(const Level& level, const std::string& prefix, std::set<std::string>& names) const;

    SpanSink& m_sink;
    IssueTally& m_tally;
    const Mapping& m_mapping;
    MappedSource m_source;
    std::string m_fileStem;
    std::string m_fileName;
    MappingDocument m_document;
    Level m_records;
    MappedCalls m_calls; ///< of records that are messages themselves
    std::unordered_map<const MappingRule*, StringId> m_resources;
    std::uint64_t m_number = 0;
    StringId m_format;
};

} // namespace arcscope
