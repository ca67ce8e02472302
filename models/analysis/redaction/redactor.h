// Redactor: takes out of texts what should not leave. First it is shown everything that is to leave and collects
// values; then it strikes each of them wherever it stands, in whatever notation.
#pragma once

#include "briefvalues.h"
#include "hashedvalues.h"
#include "hiddenvalues.h"
#include "ids.h"
#include "knownvalues.h"
#include "packedbytes.h"
#include "pseudonym.h"
#include "recognizer.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace arcscope
{

struct RedactionRules {
    std::vector<const Recognizer*> asked = standardRecognizers();
    bool personalFields = true;      ///< fields whose names say that they hold something personal or secret
    std::vector<std::string> fields; ///< names, or their ends behind a point, of further fields whose values are struck
    std::vector<std::string> texts;  ///< struck wherever they stand
    std::vector<std::string> subjects; ///< people, by what names them: likewise
    std::vector<std::string> tags;     ///< "KEY" or "KEY=VALUE": nothing leaves that spans with this attribute say
    std::vector<std::string> filters;  ///< nor what spans say that match
    PseudonymKey key = PseudonymKey::random();
    UnpackBytes unpack; ///< none: what digits hold packed is not looked at
};

/// Where else a value is looked for than in the field that it came from, by its length: short digits are counts, too.
/// A folder of one name ("data") is a word elsewhere: only at the beginnings of paths.
enum class LookedFor : std::uint8_t { Everywhere, WholeWords, Beginnings, Nowhere };

/// Of folders that files were read from. Nobody asked for them to be looked for: they are counted apart.
inline constexpr std::string_view folderRule = "folder";

/// How much is known of what a text is: in names of fields and words of closed sets no word is struck, "ai" in
/// "gen_ai.request.model".
enum class TextUse : std::uint8_t { Prose, Name, Word };

/// A value that was taken out.
struct RemovedValue {
    std::string value;  ///< as it was met first
    std::string kind;   ///< word of its placeholder
    std::string rule;   ///< "email", "field user.id", "text"
    bool exact = false; ///< only as it is written, or all in capitals
    bool inTwoSpellings = false;
    bool beginsPaths = false; ///< struck at the beginnings of paths only
    std::uint64_t struck = 0;

    LookedFor lookedFor() const;
};

/// How often a rule struck something in a field.
using RedactionTally = std::map<std::pair<std::string, std::string>, std::uint64_t>; ///< (rule, place)

class Redactor
{
public:
    explicit Redactor(RedactionRules rules = {});

    /// Looks for values in a text or JSON. `field`: the name of what it stands in.
    void collect(std::string_view text, std::string_view field = {});
    /// The value of a rule that is not by text, struck wherever it stands.
    void addValue(std::string_view value, std::string_view kind, std::string_view rule);
    /// A folder of files that are read, as their names begin with it: ids of what has none are names of files.
    void addFolder(std::string_view folder);
    /// After everything was collected.
    void seal();

    /// Puts placeholders of the same length into a text or JSON; what does not change stays byte for byte. `place`: for
    /// the tally. Whether anything was struck.
    bool strike(std::string& text, std::string_view field, std::string_view place);
    /// Ranges of known values in a text, also where another notation hides them, and of their digests; in order, not
    /// overlapping.
    std::vector<KnownValues::Found> knownIn(std::string_view text, TextUse use = TextUse::Prose) const;
    /// Digests of known values in a text.
    std::vector<KnownValues::Found> digestsIn(std::string_view text) const { return m_hashed.find(text); }
    /// The placeholder of a value in so many bytes, and counts it.
    std::string placeholderOf(std::uint32_t id, std::size_t width, std::string_view place);
    /// All of a text, as a value of no kind: "[text-…]".
    std::string struckWhole(std::string_view text, std::string_view rule, std::string_view place);

    /// Spans, by row, of which nothing that they say leaves (wholespans.h).
    void strikeRows(std::string_view rule, std::vector<bool> rows);
    /// Empty: of what they say, only what is known is struck.
    std::string ruleOfRow(Row row) const;

    const std::vector<RemovedValue>& removed() const { return m_values; }
    /// The name of a rule or field, without a prefix of exports; "(struck)" where it is, or says, what is struck.
    std::string told(std::string_view name) const;
    const RedactionTally& tally() const { return m_tally; }
    const RedactionRules& rules() const { return m_rules; }
    const KnownValues& finder() const { return m_finder; }
    const HiddenValues& hidden() const { return m_hidden; }
    std::uint64_t struck() const; ///< places, without those of folders
    std::uint64_t struckFolders() const;

private:
    void collectText(std::string_view text, int depth);
    void collectScalar(std::string_view text, std::string_view field, int depth);
    void collectSplit(std::string_view json);
    struct Scalar;
    std::vector<KnownValues::Found> knownIn(std::string_view text, TextUse use, int depth) const;
    void addHeld(std::string_view text, int depth, std::vector<KnownValues::Found>& found) const;
    /// An id of a trace, of that form, that is a digest of a known value.
    bool isDigestId(std::string_view text, const SensitiveRange& range) const;
    /// A placeholder, or other digits in the place of an id.
    std::string insteadOf(std::string_view text, const KnownValues::Found& hit, std::string_view place);
    bool strikeScalar(const Scalar& scalar, std::string_view place, int depth, std::string& changed);
    bool strikeJson(const Scalar& scalar, std::string_view place, int depth, std::string& changed, bool& any);
    void addBrief(std::string_view text, std::vector<KnownValues::Found>& found) const;
    void addPathBegin(std::string_view text, std::vector<KnownValues::Found>& found) const;
    /// The kind of a field whose value is struck whole; empty: none.
    std::string_view kindOfField(std::string_view field, std::string_view value) const;

    RedactionRules m_rules;
    std::vector<RemovedValue> m_values;
    std::unordered_map<std::string, std::uint32_t> m_known; ///< lower case
    KnownValues m_finder;
    HiddenValues m_hidden; ///< of m_finder
    BriefValues m_brief;
    HashedValues m_hashed;
    std::map<std::string, std::uint32_t, std::less<>> m_folders; ///< of one name
    RedactionTally m_tally;
    std::vector<std::pair<std::string, std::vector<bool>>> m_rows; ///< by rule
};

} // namespace arcscope
