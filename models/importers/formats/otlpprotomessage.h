// OtlpProtoMessage: one protobuf request of any size, walked through a window and written as OTLP/JSON piece by piece.
#pragma once

#include "otlpprotoshape.h"
#include "recordreading.h"
#include "windows.h"

#include <optional>
#include <string>
#include <vector>

namespace arcscope
{

enum class OtlpProtoEnd : std::uint8_t {
    Going,
    Whole,
    Cut,     ///< the input ends inside
    Damaged, ///< the lists themselves cannot be followed any more; the window stands there
};

/// Holds one span at a time. What cannot be read is counted in the tally; all lists are closed in any case.
class OtlpProtoMessage
{
public:
    /// `size`: bytes from where the window stands; unknownSize: to the end of the input.
    OtlpProtoMessage(WindowReader& window, std::uint64_t size, OtlpSignal signal, IssueTally& tally);

    /// Appends the next piece of JSON. Error: of the input, after which the message is closed.
    Result<OtlpProtoEnd> step(std::string& json);
    /// Where the piece lies that the last step wrote.
    std::uint64_t place() const { return m_place; }
    /// Places of findings are told as this one: for a request that lies compressed in its file.
    void tellPlacesAs(std::uint64_t byte) { m_told = byte; }

private:
    enum class Depth : std::uint8_t { Request, Resource, Scope };
    struct Level {
        Depth depth;
        std::uint64_t end; ///< in the input
        bool listOpen = false;
        bool anyMember = false;
        bool anyElement = false;
    };

    void open(Depth depth, std::uint64_t end, std::string& json);
    void close(std::string& json);
    OtlpProtoEnd closeAll(OtlpProtoEnd how, std::string& json);
    void element(std::string& json);
    void member(const char* key, std::string& json);
    void record(std::uint64_t header, std::uint64_t size, std::uint32_t field, std::string& json);
    OtlpProtoEnd fieldOf(std::uint64_t header, std::uint64_t size, std::uint32_t tag, std::string& json);
    OtlpProtoEnd damaged(const char* what, std::string& json);
    const char* listKey() const;
    void skip(std::uint64_t bytes) { m_skip = bytes; }
    bool skipSome();
    std::string_view ahead(std::uint64_t bytes);
    void report(Severity severity, IssueKind kind, std::string what);

    WindowReader& m_window;
    OtlpSignal m_signal;
    IssueTally& m_tally;
    std::vector<Level> m_levels;
    std::uint64_t m_end;
    std::uint64_t m_skip = 0;
    std::uint64_t m_place = 0;
    std::optional<std::uint64_t> m_told;
    std::optional<Error> m_error;
    bool m_inputEnded = false;
    bool m_begun = false;
};

} // namespace arcscope
