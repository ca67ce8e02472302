// Who claimed which value in a trace, where it came from, and whether anybody took it over.
#pragma once

#include "claimevidence.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class ClaimProvenance : std::uint8_t {
    Stated,       ///< by a user, a template or a tool; or by a model, and nothing can be held against it
    PassedOn,     ///< by a model: an earlier text of somebody else, or of another call, has it
    Derived,      ///< by a model: it follows from values that are there
    FromTemplate, ///< by a model: nothing but a template has it
    Invented,     ///< by a model: no text before it has it, although there are some to hold it against
    Dropped,      ///< by a model, as a value of a document: no text after it has it
};

std::string_view name(ClaimProvenance provenance); ///< "stated", "passed_on", …

struct LedgerClaim {
    static constexpr std::uint32_t none = ~std::uint32_t(0);

    std::uint32_t text = 0; ///< in TraceClaims::texts()
    ByteRange bytes;        ///< of the value in it
    std::string subject;    ///< the record that the sentence or object names; empty: none
    std::string attribute;  ///< the JSON Pointer of a document's value, else the type: "amount of money"
    std::string value;      ///< normalised
    bool denied = false;    ///< its sentence denies something: "The refund is not $40."
    ClaimProvenance provenance = ClaimProvenance::Stated;
    std::uint32_t source = none; ///< the first text that has it, of PassedOn and FromTemplate
    std::string derivation;      ///< of Derived: "155 + 54"
};

struct ClaimLedger {
    static constexpr std::size_t mostOfText = 500;
    static constexpr std::size_t mostClaims = 20'000;

    std::vector<LedgerClaim> claims; ///< in the order of texts, then of bytes
    std::size_t left = 0;            ///< claims that are too many, and texts of which were not read
};

/// The values of prose (amounts, dates, times, identifiers, numbers from 10 on) and of documents (scalars of at most 60
/// bytes). Words of documents are looked for in all texts: at most 64 MB are searched, what comes behind is Stated.
ClaimLedger claimLedger(ClaimEvidence& evidence);

} // namespace arcscope
