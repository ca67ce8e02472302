// What every command shares that lets something leave: its options, how it begins and how it ends.
#pragma once

#include "command.h"
#include "leavingbundle.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

inline constexpr OptionSpec redactOption{"--redact", "", "replace what is personal or secret (the default)"};
inline constexpr OptionSpec noRedactOption{"--no-redact", "", "let everything out as it is"};

inline constexpr auto selectionOptions = std::to_array<OptionSpec>({
    {"--where", "FILTER", "traces that have a span that matches"},
    {"--trace", "ID...", "these traces"},
});

inline constexpr auto strikingOptions = std::to_array<OptionSpec>({
    redactOption,
    noRedactOption,
    {"--strike", "TEXT...", "a text that is struck wherever it stands"},
    {"--strike-field", "NAME...", "a field whose values are struck"},
    {"--strike-tag", "KEY[=VALUE]...", "all that spans with this attribute say"},
    {"--strike-where", "FILTER", "all that spans say that match"},
    {"--subject", "ID...", "a person by id, e-mail address or name: struck everywhere"},
    {"--also", "KIND...", "look for this kind, too: web"},
    {"--keep", "KIND...", "do not look for this kind: ip, phone, …"},
    {"--keep-fields", "", "do not strike fields by their names"},
    {"--manifest", "FILE", "writes there what was removed, by rule and place"},
});

/// One list of several.
template <std::size_t... Counts>
constexpr auto joinedOptions(const std::array<OptionSpec, Counts>&... lists)
{
    std::array<OptionSpec, (Counts + ...)> all{};
    std::size_t at = 0;
    const auto append = [&](const auto& list) {
        for (const OptionSpec& one : list)
            all[at++] = one;
    };
    (append(lists), ...);
    return all;
}

/// The values of an option that may be given several times, or with commas between; "\," is a comma in a value.
std::vector<std::string> valuesOf(const Options& options, std::string_view name);

/// The paths are the operands. Error: Usage, for a kind that is not known, for --redact with --no-redact, for what is
/// too short to be told from other texts, and where a file that is read would be written.
Result<LeavingRequest> leavingRequestOf(const Options& options);

/// All that is kept, in places as they are when the paths are open, and the view of --view. Error: NotFound, Malformed,
/// Store.
Result<GoingAlong> goingAlong(const Options& options);

/// What leaves, or the exit status where it does not come to that; then it was told on `err`. A session with refused
/// records leaves with ExitRecordsRefused.
struct BegunLeaving {
    std::optional<Leaving> leaving;
    int status = ExitDone;
};
BegunLeaving begunLeaving(std::string_view command, LeavingRequest request, const Control& control,
                          const CommandEnvironment& environment);

/// What is said on the command line leaves, too: shows it to the redactor, before it is sealed; null: there is none.
inline void alsoTakenOutOf(const std::string& said, Redactor* redactor)
{
    if (redactor)
        redactor->collect(said);
}

/// Whether nothing that was removed is in these; tells where it is.
bool isClean(const Leaving& leaving, const std::vector<LeavingPiece>& pieces, const CommandEnvironment& environment);

/// Writes the file and, where it is asked for, the manifest. ExitLeak and nothing written where it is not clean; else
/// `status`, or that of the error.
int letOut(const Leaving& leaving, const std::string& target, std::string_view bytes, const Options& options,
           int status, const CommandEnvironment& environment);

/// Writes the manifest where it is asked for; `status`, or that of the error.
int manifestWritten(const Leaving& leaving, const Options& options, int status, const CommandEnvironment& environment);

/// ", redacted: 5 places, 3 values"; empty where nothing is taken out.
std::string removedText(const Leaving& leaving);

} // namespace arcscope
