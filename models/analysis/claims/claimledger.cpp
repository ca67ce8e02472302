#include "claimledger.h"

#include "proselines.h"

#include <algorithm>
#include <array>

namespace arcscope
{
namespace
{

constexpr std::size_t longestValue = 60;
constexpr std::size_t shortestWord = 3;
constexpr std::size_t mostSearched = std::size_t(64) << 20u;

class LedgerWriter
{
public:
    explicit LedgerWriter(ClaimEvidence& evidence)
        : m_evidence(evidence)
        , m_claims(evidence.claims())
    {
        for (const SaidText& said : m_claims.texts())
            m_lower.push_back(prose::lower(said.text));
    }

    ClaimLedger write()
    {
        for (std::uint32_t text = 0; text < m_claims.texts().size(); ++text) {
            m_ofText = 0;
            if (m_claims.document(text))
                document(text);
            else
                sentences(text);
        }
        return std::move(m_ledger);
    }

private:
    bool isFull()
    {
        if (++m_ofText <= ClaimLedger::mostOfText && m_ledger.claims.size() < ClaimLedger::mostClaims)
            return false;
        ++m_ledger.left;
        return true;
    }

    void sentences(std::uint32_t text)
    {
        const SaidText& said = m_claims.texts()[text];
        for (const ClaimSentence& claim : m_claims.sentences(text)) {
            std::string subject;
            for (std::size_t i = 0; i < claim.values.size(); ++i) {
                const std::string_view written = partOf(said.text, bytesOf(claim, i));
                if (subject.empty() && claim.values[i].type == ValueType::Identifier && namesRecord(written))
                    subject = written;
            }
            for (std::size_t i = 0; i < claim.values.size(); ++i) {
                const ByteRange bytes = bytesOf(claim, i);
                if (!ClaimEvidence::isChecked(claim, i, partOf(said.text, bytes)) || isFull())
                    continue;
                LedgerClaim& made = m_ledger.claims.emplace_back();
                made.text = text;
                made.bytes = bytes;
                made.subject = subject == partOf(said.text, bytes) ? std::string() : subject;
                made.attribute = name(claim.values[i].type);
                made.value = normalised(claim.values[i]);
                made.denied = claim.negations > 0;
                if (said.author == ClaimAuthor::Model)
                    settle(made, m_evidence.support(text, claim, i));
            }
        }
    }

    void settle(LedgerClaim& claim, ValueSupport support) const
    {
        if (support.how == ValueSupport::How::Stated) {
            claim.source = support.text;
            claim.provenance = isTemplate(support.text) ? ClaimProvenance::FromTemplate : ClaimProvenance::PassedOn;
        } else if (support.how == ValueSupport::How::Derived) {
            claim.derivation = std::move(support.derivation);
            claim.provenance = ClaimProvenance::Derived;
        } else if (m_evidence.isReport(claim.text) && !m_evidence.isBlind(claim.text)) {
            claim.provenance = ClaimProvenance::Invented;
        }
    }

    bool isTemplate(std::uint32_t text) const { return m_claims.texts()[text].author == ClaimAuthor::Template; }

    void document(std::uint32_t text)
    {
        JsonReading& reading = *m_claims.document(text);
        const JsonStory& story = reading.story();
        for (JsonIndex i = 0; i < story.size(); ++i) {
            const JsonNode& node = story.node(i);
            if (node.kind != JsonKind::String && node.kind != JsonKind::Number && node.kind != JsonKind::Bool)
                continue;
            std::string value = reading.text(i);
            if (value.empty() || value.size() > longestValue || isFull())
                continue;
            LedgerClaim& made = m_ledger.claims.emplace_back();
            made.text = text;
            made.bytes = {node.opened, node.end};
            made.subject = subjectOf(reading, node.parent, i);
            made.attribute = jsonPointer(story, i);
            made.value = std::move(value);
            const SaidText& said = m_claims.texts()[text];
            if (said.author == ClaimAuthor::Model && node.kind != JsonKind::Bool)
                follow(made, said.arguments);
        }
    }

    static std::string subjectOf(JsonReading& reading, JsonIndex object, JsonIndex but)
    {
        if (object < 0 || reading.kind(object) != JsonKind::Object)
            return {};
        const JsonStory& story = reading.story();
        for (JsonIndex i = story.firstChild(object); i >= 0; i = story.nextSibling(i)) {
            if (i == but || reading.kind(i) != JsonKind::String)
                continue;
            std::string text = reading.text(i);
            if (namesRecord(text))
                return text;
        }
        return {};
    }

    /// Where a value that a model wrote into a document comes from, and whether it goes on.
    void follow(LedgerClaim& claim, bool arguments)
    {
        const std::string word = prose::lower(claim.value);
        if (word.size() < shortestWord || m_searched > mostSearched)
            return;
        const Row row = m_claims.texts()[claim.text].row;
        for (std::uint32_t i = 0; i < claim.text; ++i) {
            if (m_claims.texts()[i].row == row && m_claims.texts()[i].author == ClaimAuthor::Model)
                continue;
            if (!has(i, word))
                continue;
            if (claim.source == LedgerClaim::none || isTemplate(claim.source))
                claim.source = claim.source == LedgerClaim::none || !isTemplate(i) ? i : claim.source;
            if (!isTemplate(claim.source))
                break;
        }
        if (claim.source != LedgerClaim::none)
            claim.provenance = isTemplate(claim.source) ? ClaimProvenance::FromTemplate : ClaimProvenance::PassedOn;
        bool goesOn = arguments || claim.text + 1 == m_claims.texts().size();
        for (std::uint32_t i = claim.text + 1; i < m_claims.texts().size() && !goesOn; ++i)
            goesOn = has(i, word);
        if (!goesOn)
            claim.provenance = ClaimProvenance::Dropped;
    }

    bool has(std::uint32_t text, const std::string& word)
    {
        m_searched += m_lower[text].size();
        for (std::size_t at = m_lower[text].find(word); at != std::string::npos;
             at = m_lower[text].find(word, at + 1)) {
            const std::size_t end = at + word.size();
            const bool begins = at == 0 || !prose::isWordByte(m_lower[text][at - 1]);
            if (begins && (end >= m_lower[text].size() || !prose::isWordByte(m_lower[text][end])))
                return true;
        }
        return false;
    }

    ClaimEvidence& m_evidence;
    TraceClaims& m_claims;
    ClaimLedger m_ledger;
    std::vector<std::string> m_lower; ///< the texts
    std::size_t m_ofText = 0;
    std::size_t m_searched = 0;
};

} // namespace

std::string_view name(ClaimProvenance provenance)
{
    constexpr std::array<std::string_view, 6> names{"stated",        "passed_on", "derived",
                                                    "from_template", "invented",  "dropped"};
    return names[static_cast<std::size_t>(provenance)];
}

ClaimLedger claimLedger(ClaimEvidence& evidence)
{
    return LedgerWriter(evidence).write();
}

} // namespace arcscope
