// A parser of JSON that is fed pieces: is what came so far the beginning of a document, a whole one, or neither.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace arcscope
{

enum class JsonKind : std::uint8_t { Object, Array, String, Number, Bool, Null };

enum class JsonState : std::uint8_t {
    Prefix,   ///< more bytes can make it a document; after finish(): it is cut off
    Complete, ///< one whole value, and white space
    Invalid,  ///< no bytes that may follow make it a document
    Trailing, ///< a whole value, and behind it what is no white space
};

std::string_view name(JsonKind kind);   ///< "object", "array", …
std::string_view name(JsonState state); ///< "prefix", "complete", "invalid", "trailing"

/// Where and why a document breaks. Bytes count from 0, from the first one fed.
struct JsonFault {
    std::int64_t byte = 0;
    std::string expected; ///< what could have stood there, in words
};

struct JsonWarning {
    enum class What : std::uint8_t {
        DuplicateKey,  ///< `byte` is the opening quote of the later key; RFC 8259 §4: receivers differ in what they do
        LoneSurrogate, ///< `byte` is the backslash of a \uD800…\uDFFF without its other half (§8.2)
    };
    What what = What::DuplicateKey;
    std::int64_t byte = 0;
};

/// Hears of values in the order of the document.
class JsonListener
{
public:
    virtual ~JsonListener() = default;
    /// The key of the next value; `byte` is its opening quote. Lone surrogates are replaced: valid UTF-8.
    virtual void key(std::string_view text, std::int64_t byte, bool duplicate) = 0;
    virtual void opened(JsonKind kind, std::int64_t byte) = 0;
    /// The open string has its first or one more character, the open number its first or one more character from a
    /// digit on; `byte` is the last one of that character. Once for each value and piece: for the first that comes.
    virtual void grew(std::int64_t byte) = 0;
    /// The innermost open value is whole with `byte`; its text ends in front of `end`. The end of a number shows only
    /// with the byte behind it; where finish() ends it, `byte` is its last one.
    virtual void closed(std::int64_t byte, std::int64_t end) = 0;
};

/// RFC 8259 as a state machine over bytes, with UTF-8 as in RFC 3629 (no overlong forms, surrogates, or byte order
/// mark). Pieces may end anywhere; how the bytes are cut into pieces changes nothing but when grew() is called. Work is
/// proportional to the bytes, keys cost the logarithm of the number of keys of their object; memory to the keys of the
/// objects that are open.
class JsonPrefix
{
public:
    /// A document that opens more objects and arrays within each other is Invalid at the byte that does.
    static constexpr std::size_t maxDepth = 1'000;
    /// Further warnings are only counted.
    static constexpr std::size_t maxWarnings = 100;

    JsonState feed(std::string_view piece, JsonListener* listener = nullptr);
    /// Nothing more comes: only now a number that is no part of anything is Complete. No feed() after it.
    JsonState finish(JsonListener* listener = nullptr);

    JsonState state() const { return m_state; }
    std::int64_t bytes() const { return m_at; } ///< fed so far
    bool finished() const { return m_finished; }
    std::size_t depth() const { return m_frames.size(); } ///< objects and arrays that are open
    /// Of Invalid and Trailing: the first byte that cannot be there.
    const std::optional<JsonFault>& fault() const { return m_fault; }
    /// What may come next, in words: "a comma or ]".
    std::string expected() const;
    const std::vector<JsonWarning>& warnings() const { return m_warnings; }
    std::size_t warningCount() const { return m_warningCount; }

    /// The shortest text that makes a document of a Prefix: it finishes the character, escape, literal or number that
    /// is cut off with the smallest that may follow, gives null to what has no value, and closes what is open. Empty
    /// where the document is whole. Nothing for Invalid and Trailing. It says nothing about what was meant.
    std::optional<std::string> closing() const;

private:
    enum class Mode : std::uint8_t {
        Value,
        FirstElement,
        FirstKey,
        Key,
        Colon,
        NextMember,
        NextElement,
        String,
        Escape,
        Unicode,
        Literal,
        Minus,
        Zero,
        Integer,
        Point,
        Fraction,
        Exponent,
        ExponentSign,
        ExponentDigits,
        End,
    };
    struct Frame {
        bool object = false;
        std::set<std::string, std::less<>> keys; ///< with lone surrogates kept
    };

    bool step(unsigned char byte);
    bool beginValue(unsigned char byte);
    bool inString(unsigned char byte);
    bool inUnicode(unsigned char byte);
    bool inNumber(unsigned char byte);
    bool inSequence(unsigned char byte);
    bool open(JsonKind kind);
    bool closeFrame(bool object);
    bool behindValue(unsigned char byte);
    void endValue(std::int64_t end);
    void endString();
    void endKey();
    bool numberMayEnd() const;
    void grow();
    void loneSurrogate();
    void warn(JsonWarning::What what, std::int64_t byte);
    std::string closingOfToken() const;

    JsonState m_state = JsonState::Prefix;
    Mode m_mode = Mode::Value;
    bool m_finished = false;
    bool m_isKey = false;
    bool m_grew = false; ///< grew() was called for this value in this piece
    std::uint8_t m_literalAt = 0;
    std::uint8_t m_unicodeDigits = 0;
    std::uint8_t m_sequenceLeft = 0; ///< bytes that the UTF-8 sequence still needs
    unsigned char m_sequenceLow = 0x80;
    unsigned char m_sequenceHigh = 0xBF;
    std::uint32_t m_unicode = 0;
    std::string_view m_literal;
    std::int64_t m_at = 0;
    std::int64_t m_escapeAt = 0;
    std::int64_t m_keyAt = 0;
    std::int64_t m_highAt = -1; ///< the high surrogate that waits for its other half
    std::string m_key;          ///< as written
    std::vector<Frame> m_frames;
    std::optional<JsonFault> m_fault;
    std::vector<JsonWarning> m_warnings;
    std::size_t m_warningCount = 0;
    JsonListener* m_listener = nullptr; ///< during feed() and finish() only
};

} // namespace arcscope
