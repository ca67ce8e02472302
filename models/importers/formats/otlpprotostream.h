// OtlpProtoStream: files of the OpenTelemetry Collector in protobuf, framed or not, as OTLP/JSON.
#pragma once

#include "otlpprotomessage.h"
#include "source.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace arcscope
{

/// Whether a frame with a request in it begins here: four bytes of length, big-endian, and the request, compressed
/// with zstd or not, in protobuf or JSON. Cut: more bytes may tell.
OtlpSignal frameSignal(std::string_view bytes);

/// Gives one line of JSON for each request. Damage costs the request or span that it lies in: reading goes on at the
/// next place where a frame begins.
class OtlpProtoStream final : public ByteStream
{
public:
    OtlpProtoStream(Source& input, const Control& control, IssueTally& tally);

    Result<std::size_t> read(std::span<char> into) override;
    std::uint64_t bytesOnDisk() const override { return m_input.bytesOnDisk(); }

    /// Where in the input lies what begins at this byte of the JSON; asked in their order. Of what is compressed in its
    /// frame: a byte of that frame, another one for each record.
    std::uint64_t place(std::uint64_t jsonByte);

private:
    /// A compressed request, unpacked as it is read, while its frame stays in the window.
    struct Packed {
        explicit Packed(std::unique_ptr<ByteStream> stream)
            : source(std::move(stream))
            , window(source, {}, refill)
        {
        }
        static constexpr std::size_t refill = std::size_t(1) << 20;
        Source source;
        WindowReader window;
    };

    struct Place {
        std::uint64_t json;
        std::uint64_t input;
        int shift; ///< bytes of the input to each of the JSON behind it, as a power of two; noShift: none
    };
    static constexpr int noShift = -1;
    /// Of JSON that is compressed in its frame: what is told of places in it differs, and lies in the frame.
    static constexpr int packedShift = 4;

    bool step();
    bool begin();
    OtlpSignal signalHere();
    void beginRequest(OtlpSignal signal, bool json, std::uint64_t size);
    void stepRequest();
    void stepJson();
    bool fits(std::uint64_t size);
    void passDamaged(std::uint64_t size);
    void passPacked(bool sound);
    void search();
    void end(OtlpProtoEnd how, const Error* error);
    bool ahead(std::size_t bytes);
    void mark(std::uint64_t inputByte, int shift = noShift);
    void report(Severity severity, IssueKind kind, std::string what);

    Source& m_input;
    IssueTally& m_tally;
    WindowReader m_window;
    bool m_framed = true;
    bool m_told = false; ///< whether the input is framed
    bool m_inputEnded = false;
    bool m_searching = false; ///< the place of the next request is not known
    std::optional<Error> m_error;

    std::uint64_t m_frameAt = 0;
    std::uint64_t m_jsonLeft = 0; ///< of a request in JSON
    bool m_json = false;
    std::unique_ptr<Packed> m_packed;
    std::uint64_t m_packedSize = 0;
    std::optional<OtlpProtoMessage> m_message;

    std::string m_out;
    std::size_t m_outAt = 0;
    std::uint64_t m_written = 0; ///< bytes of JSON before m_out
    std::deque<Place> m_places;
    std::uint64_t m_steps = 0; ///< of the present request
};

} // namespace arcscope
