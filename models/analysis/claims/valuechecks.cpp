#include "valuechecks.h"

#include "languagewords.h"
#include "proselines.h"

#include <algorithm>
#include <set>

namespace arcscope
{
namespace
{

/// What is said as an example, or how a value is to be written.
bool isExample(std::string_view sentence)
{
    const std::string lower = prose::lower(sentence);
    for (const std::string_view word : {"e.g.", "for example", "for instance", "such as", "example:", "format"}) {
        if (lower.find(word) != std::string::npos)
            return true;
    }
    return false;
}

Finding findingOf(std::string_view rule, FindingLevel level, std::string what)
{
    Finding finding;
    finding.rule = rule;
    finding.level = level;
    finding.evidence = StreamEvidence::Inferred;
    finding.what = std::move(what);
    return finding;
}

std::string ofType(const TypedValue& value)
{
    const bool vowel = value.type == ValueType::Money || value.type == ValueType::Identifier;
    return (vowel ? "an " : "a ") + std::string(name(value.type));
}

/// What a tool returned last, where nobody spoke since; a user may ask for what no tool knows.
std::optional<std::uint32_t> answeredResult(const TraceClaims& claims, std::uint32_t text)
{
    for (std::uint32_t i = text; i-- > 0;) {
        if (claims.texts()[i].author != ClaimAuthor::Model)
            return claims.texts()[i].author == ClaimAuthor::Tool ? std::optional(i) : std::nullopt;
    }
    return std::nullopt;
}

bool hasAmount(std::string_view text)
{
    return text.find('$') != std::string_view::npos || text.find("\xe2\x82\xac") != std::string_view::npos;
}

/// A short text of a tool that has values of this type: what answers it takes them from there.
bool hasLike(const TraceClaims& claims, std::uint32_t result, ValueType type)
{
    constexpr std::size_t longest = 4000;
    const std::string_view text = claims.texts()[result].text;
    if (text.size() > longest)
        return false;
    if (type == ValueType::Money)
        return hasAmount(text);
    const auto keys = evidenceKeys(text);
    return std::ranges::any_of(keys, [&](const EvidenceKey& key) {
        return type == ValueType::Date    ? key.kind == EvidenceKey::Kind::DayOfYear
               : type == ValueType::Clock ? key.kind == EvidenceKey::Kind::Minute
                                          : key.kind == EvidenceKey::Kind::Word && namesRecord(key.word);
    });
}

/// Counts, years, shares: mostly numbers that a reader of the same records would not look up.
bool isPlain(ValueType type)
{
    return type == ValueType::Cardinal || type == ValueType::Year || type == ValueType::Percent;
}

/// "I will look for flights on May 6", "I can add $5 of credit": what is asked for next or offered, which a model may
/// choose.
bool isPlan(const ClaimSentence& claim)
{
    if (claim.conditional)
        return true;
    const std::size_t first = std::min<std::size_t>(claim.tokens.size(), 12);
    return std::any_of(
        claim.tokens.begin(), claim.tokens.begin() + static_cast<std::ptrdiff_t>(first), [](const ClaimToken& token) {
            return token.word &&
                   (token.word->lower == "will" || token.word->lower == "let" || token.word->lower == "going");
        });
}

/// How sure it is that the value should stand in the evidence.
std::optional<FindingLevel> levelOf(ClaimEvidence& evidence, std::uint32_t text, const TypedValue& value)
{
    const bool plain = isPlain(value.type);
    if (evidence.hasRecords(text))
        return plain ? FindingLevel::Check : FindingLevel::Finding;
    const auto result = answeredResult(evidence.claims(), text);
    constexpr std::size_t longestAnswer = 1500;
    if (!plain && result && evidence.claims().texts()[text].text.size() <= longestAnswer &&
        hasLike(evidence.claims(), *result, value.type))
        return FindingLevel::Check;
    return std::nullopt;
}

/// Two numbers or more that stand one behind the other sum up to it; those of its own unit, or all.
bool isSumBeside(const ClaimSentence& claim, std::size_t index)
{
    const TypedValue& asked = claim.values[index];
    for (const bool own : {true, false}) {
        std::vector<double> others;
        for (std::size_t i = 0; i < claim.values.size(); ++i) {
            const TypedValue& other = claim.values[i];
            if (i != index && other.type == asked.type && !other.range && (!own || other.unit == asked.unit))
                others.push_back(other.number);
        }
        for (std::size_t first = 0; first < others.size(); ++first) {
            double sum = others[first];
            for (std::size_t i = first + 1; i < others.size(); ++i) {
                sum += others[i];
                if (sum == asked.number)
                    return true;
            }
        }
    }
    return false;
}

/// Arithmetic that is written out, calls that are written as text, the number of a step: nothing that was looked up.
bool isWorkedOut(const ClaimSentence& claim, std::size_t index, std::string_view sentence)
{
    for (const std::string_view sign : {"=", "\xc3\x97", "\\times", "<parameter", "<invoke", "](http"}) {
        if (sentence.find(sign) != std::string_view::npos)
            return true;
    }
    const std::size_t at = claim.valueTokens[index];
    const ClaimToken* const before = at > 0 ? &claim.tokens[at - 1] : nullptr;
    const bool label = before && before->word && before->capital && (at == 1 || !before->word->ordinary); // "Step 10"
    const std::string_view behind = sentence.substr(std::min<std::size_t>(claim.tokens[at].to, sentence.size()));
    const bool measure =
        behind.starts_with("\xc2\xb0") || claim.values[index].unit == "deg" ||
        sentence.substr(claim.tokens[at].from, claim.tokens[at].to - claim.tokens[at].from).find("\xc2\xb0") !=
            std::string_view::npos;
    const bool ofName = at > 1 && sentence[claim.tokens[at].from - 1] == '-' &&
                        prose::isWordByte(sentence[claim.tokens[at].from - 2]); // "guide-118"
    const bool rough = behind.starts_with('+');
    return isPlain(claim.values[index].type) && (label || measure || ofName || rough || isSumBeside(claim, index));
}

/// Days and minutes are what anybody knows of a task, rather than what was looked up.
bool isDuration(const TypedValue& value)
{
    return value.type == ValueType::Cardinal && (value.unit == "s" || value.unit == "month" || value.unit == "year");
}

} // namespace

void checkUnsupportedValues(ClaimEvidence& evidence, std::vector<Finding>& into)
{
    TraceClaims& claims = evidence.claims();
    std::set<std::string> told;
    for (std::uint32_t text = 0; text < claims.texts().size(); ++text) {
        if (!evidence.isReport(text) || evidence.isBlind(text))
            continue;
        const SaidText& said = claims.texts()[text];
        for (const ClaimSentence& claim : claims.sentences(text)) {
            const std::string_view sentence = partOf(said.text, {claim.from, claim.to});
            for (std::size_t i = 0; i < claim.values.size(); ++i) {
                const ByteRange bytes = bytesOf(claim, i);
                const TypedValue& value = claim.values[i];
                if (!ClaimEvidence::isChecked(claim, i, partOf(said.text, bytes)) ||
                    evidence.support(text, claim, i).how != ValueSupport::How::Nowhere)
                    continue;
                auto level = levelOf(evidence, text, value);
                if (!level || isExample(sentence) || isWorkedOut(claim, i, sentence))
                    continue;
                const std::string follows =
                    value.type == ValueType::Money ? evidence.mayFollow(text, value) : std::string();
                if (isPlan(claim))
                    level = FindingLevel::Check;
                if (!follows.empty() ||
                    isDuration(value)) // some two amounts of a long trace nearly always differ by it
                    level = FindingLevel::Signal;
                const std::string written(partOf(said.text, bytes));
                if (!told.insert(written).second)
                    continue;
                Finding& finding = into.emplace_back(
                    findingOf("claim.unsupported_value", *level,
                              "“" + written + "”, " + ofType(value) + ", stands in nothing that came before it."));
                finding.cause = written;
                finding.strength = *level == FindingLevel::Finding ? 0.9 : 0.6;
                finding.places.push_back(placeOf(said, {claim.from, claim.to}, bytes));
                finding.facts.push_back({"value", normalised(value)});
                if (!follows.empty())
                    finding.facts.push_back({"may follow from", follows});
                finding.facts.push_back({"looked in", "results and arguments of tools, users' messages, system texts"});
                if (value.type == ValueType::Money)
                    finding.facts.push_back({"guards checked", "no sum, difference or small multiple of the amounts in "
                                                               "this message and in the last two results"});
            }
        }
    }
}

void checkRecords(ClaimEvidence& evidence, std::vector<Finding>& into)
{
    TraceClaims& claims = evidence.claims();
    std::set<std::string> told;
    for (std::uint32_t text = 0; text < claims.texts().size(); ++text) {
        if (!evidence.isReport(text))
            continue;
        const SaidText& said = claims.texts()[text];
        for (const ClaimSentence& claim : claims.sentences(text)) {
            std::vector<std::size_t> identifiers;
            for (std::size_t i = 0; i < claim.values.size(); ++i) {
                if (claim.values[i].type == ValueType::Identifier && namesRecord(partOf(said.text, bytesOf(claim, i))))
                    identifiers.push_back(i);
            }
            if (identifiers.size() != 1)
                continue;
            const std::string named(partOf(said.text, bytesOf(claim, identifiers.front())));
            std::vector<NamedRecord> records = evidence.records().named(named);
            std::erase_if(records, [&](const NamedRecord& each) { return each.text >= text; });
            if (records.empty())
                continue;
            for (std::size_t i = 0; i < claim.values.size(); ++i) {
                const TypedValue& value = claim.values[i];
                const ByteRange bytes = bytesOf(claim, i);
                const std::string_view written = partOf(said.text, bytes);
                const bool checked =
                    value.type == ValueType::Date || value.type == ValueType::Clock || value.type == ValueType::Money;
                if (!checked || !ClaimEvidence::isChecked(claim, i, written) || !evidence.isOfRecord(text, claim, i) ||
                    evidence.isSaidByOthers(text, claim, i) ||
                    isWorkedOut(claim, i, partOf(said.text, {claim.from, claim.to})))
                    continue;
                const bool inRecord = std::ranges::any_of(records, [&](const NamedRecord& each) {
                    return evidence.records().values(each).first(value, written) != ValueEvidence::none ||
                           (value.type == ValueType::Money && evidence.records().follows(each, value.number));
                });
                if (inRecord || !told.insert(named + '/' + std::string(written)).second)
                    continue;
                Finding& finding = into.emplace_back(findingOf("claim.wrong_record", FindingLevel::Finding,
                                                               "“" + std::string(written) + "” is said of " + named +
                                                                   ", but its record has no such value."));
                finding.weight = FindingWeight::Severe;
                finding.strength = 0.9;
                finding.cause = named + '/' + std::string(written);
                finding.places.push_back(placeOf(said, {claim.from, claim.to}, bytes));
                const SaidText& result = claims.texts()[records.back().text];
                const JsonNode& object = claims.document(records.back().text)->story().node(records.back().object);
                finding.places.push_back(placeOf(result, {object.opened, object.end}));
                finding.facts.push_back({"value", normalised(value)});
                finding.facts.push_back({"record", named});
                finding.facts.push_back(
                    {"guards checked",
                     "the line names no other record; neither the arguments of the call that returned "
                     "it nor users have the value"});
            }
        }
    }
}

} // namespace arcscope
