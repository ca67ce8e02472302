// Options that every export shares: what is taken out before something leaves.
#pragma once

#include "options.h"
#include "redactor.h"

namespace arcscope
{

inline constexpr OptionSpec redactOption{"--redact", "", "replace what is personal or secret (the default)"};
inline constexpr OptionSpec noRedactOption{"--no-redact", "", "let everything out as it is"};
inline constexpr OptionSpec strikeOption{"--strike", "TEXT...", "a text that is struck wherever it stands"};
inline constexpr OptionSpec strikeFieldOption{"--strike-field", "NAME...", "a field whose values are struck"};
inline constexpr OptionSpec subjectOption{"--subject", "ID...",
                                          "a person by id, e-mail address or name: struck everywhere"};
inline constexpr OptionSpec alsoOption{"--also", "KIND...", "look for this kind, too: web"};
inline constexpr OptionSpec keepOption{"--keep", "KIND...", "do not look for this kind: ip, phone, …"};
inline constexpr OptionSpec keepFieldsOption{"--keep-fields", "", "do not strike fields by their names"};

/// Error: Usage for a kind that is not known.
Result<RedactionRules> redactionRulesOf(const Options& options);

/// The values of an option that may be given several times.
std::vector<std::string> valuesOf(const Options& options, std::string_view name);

} // namespace arcscope
