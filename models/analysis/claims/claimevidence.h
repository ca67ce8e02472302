// The evidence of a trace: what tools returned and others said before a model says a value, and how one follows from
// it.
#pragma once

#include "claimplaces.h"
#include "namedrecords.h"

#include <functional>
#include <map>
#include <optional>

namespace arcscope
{

/// Where a value of a statement comes from.
struct ValueSupport {
    enum class How : std::uint8_t { Stated, Derived, Nowhere };
    How how = How::Nowhere;
    std::uint32_t text = ToolUse::none; ///< Stated: the first text that has it
    std::string derivation;             ///< Derived: "155 + 54"
};

/// What the texts of a trace say, as evidence for statements of its models.
class ClaimEvidence
{
public:
    explicit ClaimEvidence(TraceClaims& claims);

    /// Models state it after a tool has returned something: text that can be held against evidence.
    bool isReport(std::uint32_t text) const;
    /// A value that is worth asking for: no small number, ordinal, weekday or duration.
    static bool isChecked(const ClaimSentence& claim, std::size_t value, std::string_view written);
    ValueSupport support(std::uint32_t text, const ClaimSentence& claim, std::size_t value);
    /// An amount that the text states less one of any result before it, or the other way round, as "500 − $375": too
    /// many of them differ by something for that to be support. Empty: none.
    std::string mayFollow(std::uint32_t text, const TypedValue& value);
    /// Whether tools returned it before `text`, or only others said it.
    bool isReturned(std::uint32_t text, const ClaimSentence& claim, std::size_t value) const;
    /// Users or templates said it before.
    bool isSaidByOthers(std::uint32_t text, const ClaimSentence& claim, std::size_t value) const;
    /// Some result before it was an object or list: what is said is mostly said of records.
    bool hasRecords(std::uint32_t text) const { return m_firstRecord < text; }
    TraceClaims& claims() const { return m_claims; }
    NamedRecords& records();
    /// An object or list that a tool returned before `text` has it.
    bool isOfRecord(std::uint32_t text, const ClaimSentence& claim, std::size_t value) const;
    /// Some call before `text` has no recorded result, or something else than text was read: what is not in the
    /// evidence may have stood there.
    bool isBlind(std::uint32_t text) const;

private:
    struct Amount {
        double number = 0;
        std::string written;
    };
    const std::vector<Amount>& amounts(std::uint32_t text);
    void addCounted(std::uint32_t text);
    void addFollowing(std::uint32_t text);
    std::string pairOf(double number) const;
    void addListSums(std::uint32_t result);
    bool isShifted(std::uint32_t text, const TypedValue& value) const;
    std::string derivation(std::uint32_t text, const TypedValue& value);
    std::string sumOfListed(std::uint32_t text, const TypedValue& value) const;

    TraceClaims& m_claims;
    ValueEvidence m_all;      ///< but what models say
    ValueEvidence m_returned; ///< by tools
    ValueEvidence m_others;   ///< users and templates
    ValueEvidence m_inRecords;
    std::uint32_t m_firstShift = ToolUse::none; ///< somebody speaks of days relative to others
    std::uint32_t m_firstResult = ToolUse::none;
    std::uint32_t m_firstRecord = ToolUse::none;
    std::uint32_t m_amountsOf = ToolUse::none;
    std::vector<Amount> m_amounts;
    std::vector<std::pair<std::uint32_t, Amount>> m_listSums; ///< by the result that lists them
    std::vector<std::pair<std::uint32_t, double>> m_sizes;    ///< of lists and objects
    std::optional<NamedRecords> m_records;
    std::map<std::pair<ValueType, double>, std::uint32_t> m_derived; ///< values, and the first text that they are of
};

} // namespace arcscope
