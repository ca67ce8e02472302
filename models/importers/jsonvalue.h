// JsonValue: one record's values, read forward and only as far as asked, with their exact text at hand.
#pragma once

#include "issue.h"
#include "jsontext.h"
#include "windows.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace arcscope
{

/// Containers nested deeper are not entered (their text is still there).
inline constexpr std::size_t maxJsonDepth = 1'024;

enum class JsonType : std::uint8_t { Missing, Null, Bool, Number, String, Array, Object, Invalid };

class JsonParser;

/// A value of the record last given to a JsonParser; cheap to copy, void with the next record. Everything may be asked
/// any time and in any order; a container that is visited last, or asked for its text, is not walked through again by
/// the visit around it.
class JsonValue
{
public:
    JsonValue() = default;

    JsonType type() const { return m_type; }
    bool isObject() const { return m_type == JsonType::Object; }
    bool isArray() const { return m_type == JsonType::Array; }
    bool isString() const { return m_type == JsonType::String; }
    /// Null counts as not recorded.
    bool recorded() const { return m_type != JsonType::Missing && m_type != JsonType::Null; }

    /// The exact text of the value, containers whole.
    std::string_view raw() const;
    /// What stands between the quotes of a string, escapes as written; empty for anything else.
    std::string_view content() const;
    /// A string without escapes; nothing for anything else.
    std::optional<std::string_view> string() const;
    /// string(), or "".
    std::string_view text() const { return string().value_or(std::string_view()); }
    /// A whole number, or a string that holds one, exactly: 64 bits, never by way of a double.
    std::optional<std::int64_t> integer() const;
    /// A number, or a string that holds one ("NaN" and "Infinity" too).
    std::optional<double> number() const;
    std::optional<bool> boolean() const;

    /// visit(std::string_view key, JsonValue value) for every member in their order, twice for a key that occurs twice.
    /// Nothing for what is no object. What is wrong with the text stops it and stays in JsonParser::defect().
    template <typename Visit>
    void eachMember(Visit&& visit) const
    {
        members([](void* with, std::string_view key,
                   const JsonValue& value) { (*static_cast<std::remove_reference_t<Visit>*>(with))(key, value); },
                const_cast<void*>(static_cast<const void*>(&visit)));
    }
    /// visit(JsonValue value) for every element of an array.
    template <typename Visit>
    void eachElement(Visit&& visit) const
    {
        elements([](void* with, std::string_view,
                    const JsonValue& value) { (*static_cast<std::remove_reference_t<Visit>*>(with))(value); },
                 const_cast<void*>(static_cast<const void*>(&visit)));
    }

private:
    friend class JsonParser;
    using Visitor = void (*)(void* with, std::string_view key, const JsonValue& value);
    void members(Visitor visit, void* with) const;
    void elements(Visitor visit, void* with) const;
    bool enterable(JsonType wanted) const;
    JsonValue child(std::uint32_t token) const;
    void fail(const char* what) const;
    void close(std::uint32_t behind) const;

    JsonParser* m_parser = nullptr;
    const char* m_text = nullptr;
    std::size_t m_size = 0; ///< of a scalar; a container's is found when asked for
    JsonType m_type = JsonType::Missing;
    std::uint32_t m_depth = 0;
    std::uint32_t m_token = 0; ///< where its text begins, counted in tokens of the record
};

/// What is wrong with a record.
struct JsonDefect {
    IssueKind kind = IssueKind::MalformedRecord; ///< or TooDeep
    std::string message;
    std::size_t byte = 0; ///< in the record
};

/// Reads one record after the other; keep one per reader, it owns the buffers.
class JsonParser
{
public:
    JsonParser();
    ~JsonParser();
    JsonParser(const JsonParser&) = delete;
    JsonParser& operator=(const JsonParser&) = delete;

    /// A text with windowPadding readable bytes behind it, as JsonSplitter gives it. Missing where it cannot be read at
    /// all. Views live until the next record and as long as the text.
    JsonValue parse(std::string_view record);
    /// Any text: it is copied.
    JsonValue parseCopy(std::string_view text);

    /// The first thing found wrong with this record so far; only what was visited is checked.
    const std::optional<JsonDefect>& defect() const { return m_defect; }
    /// The record was not UTF-8: what is read here has U+FFFD in place of the damage. The record itself is untouched.
    bool repaired() const { return m_repaired; }
    /// Ledger rows for defect(), repaired() and escapes without meaning in strings that were read, none where all is
    /// well; `offset` and `line` are those of the record.
    std::vector<ImportIssue> issues(std::uint64_t offset, std::uint64_t line) const;

private:
    friend class JsonValue;
    struct State;

    JsonValue makeValue(const char* text, std::size_t size, std::uint32_t depth);
    void note(IssueKind kind, std::string message, const char* at);
    std::string_view keep(std::string_view content);

    std::unique_ptr<State> m_state;
    std::string_view m_record;
    std::optional<JsonDefect> m_defect;
    bool m_repaired = false;
    EscapeDamage m_escapes = EscapeDamage::None;
};

} // namespace arcscope
