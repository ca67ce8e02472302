// StreamedResponse: one response of a model as its stream events tell it, packed for the sink or joined for a decoder.
#pragma once

#include "content.h"
#include "recordreading.h"
#include "spanrecord.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace arcscope
{

class GeminiArguments;

/// A part of the response that grows by chunks.
struct StreamBlock {
    BlockType type = BlockType::Text;
    std::uint32_t index = 0;
    std::uint32_t choice = 0;
    std::string id;   ///< of a tool call
    std::string item; ///< how later events name it, where that is not its id
    std::string name;
    std::string text;         ///< of tool calls always, of others where text is kept
    std::string withdrawn;    ///< the end of it that was taken back while its beginning stayed, where text is kept
    std::int64_t length = 0;  ///< bytes of text so far
    std::int64_t cleared = 0; ///< bytes from the front that nothing takes back: checked before or after they were shown
    std::uint32_t chunks = 0;
    std::int64_t audio = 0;                                    ///< bytes of sound that came with a text that is spoken
    std::vector<std::pair<std::int64_t, std::int64_t>> spoken; ///< of each chunk: bytes of sound and text before it
    bool executed = false;                                     ///< a tool call whose result stands in the same stream
    bool failed = false;
    bool retracted = false;
    bool denied = false;                      ///< the user did not allow the call
    bool transcript = false;                  ///< of sound: its text says what is heard
    std::shared_ptr<GeminiArguments> growing; ///< the source says that more arguments follow
};

/// A tool call that a response asked for.
struct AskedCall {
    SpanRecord span;
    std::string id;
    std::string name;
    std::string arguments;

    /// The record of its span. `result` (null: not recorded) is what a later request says it gave.
    std::string record(const std::string* result) const;
};

class StreamedResponse
{
public:
    /// `keepText`: all texts are joined (decoding), not only the arguments of tool calls (importing).
    explicit StreamedResponse(bool keepText = false)
        : m_keepText(keepText)
    {
    }

    // What the events said so far.
    std::string id;
    std::string model;
    std::string stop;
    std::string errorType;
    std::string errorMessage;
    RawUsage usage;
    UsageDialect dialect = UsageDialect::Inclusive;
    SpanKind spanKind = SpanKind::ModelCall;
    Nanos created = noTime; ///< stated in the response
    Nanos completed = noTime;
    Nanos took = noTime;                    ///< stated: from the request to the last event
    std::int64_t promptUnits = notRecorded; ///< length of the prompt, where offsets count from its start
    bool terminal = false;                  ///< the event with which the protocol ends a response was there
    bool endless = false;                   ///< its protocol has no such event
    bool contained = false; ///< its events stand in one container: all belong to it unless their ids differ
    bool whole = false;     ///< not streamed: there are no stream events to hand over
    std::string record;     ///< its bytes
    std::int64_t byte = notRecorded;
    bool cancelled = false; ///< somebody stopped it, the source says
    std::vector<std::string> notes;
    std::unordered_set<std::string> earlier; ///< messages, by their ids, that the conversation had before this response
    Row row = noRow;                         ///< of its span, when it was handed over

    bool empty() const { return m_events.count() == 0; }
    std::uint32_t events() const { return m_events.count(); }
    /// Whether any event has a time.
    bool timed() const { return m_first != noTime; }
    std::size_t bytes() const { return m_events.bytes() + record.size(); }
    const std::vector<StreamBlock>& blocks() const { return m_blocks; }
    std::vector<StreamBlock>& blocks() { return m_blocks; }

    /// An event without a block.
    void add(StreamEventKind kind, Nanos time, std::string_view text = {}, std::string_view detail = {});
    StreamBlock& begin(Nanos time, BlockType type, std::uint32_t index, std::uint32_t choice = 0,
                       std::string_view toolName = {}, std::string_view callId = {}, std::string_view detail = {});
    /// The block begins with its first chunk where it was not begun.
    void chunk(Nanos time, BlockType type, std::uint32_t index, std::uint32_t choice, std::string_view text,
               std::string_view detail = {});
    void end(Nanos time, BlockType type, std::uint32_t index, std::uint32_t choice = 0);
    StreamBlock* find(BlockType type, std::uint32_t index, std::uint32_t choice = 0);
    /// The block of that index, whatever its type.
    StreamBlock* find(std::uint32_t index);
    /// The last block of that type that later events name so.
    StreamBlock* findItem(BlockType type, std::string_view item);
    /// Begins a block behind all others; `callId` of a tool call, else empty.
    StreamBlock& beginItem(Nanos time, BlockType type, std::string_view item, std::string_view toolName = {},
                           std::string_view callId = {});
    /// Text for such a block, which begins with it where it was not begun.
    StreamBlock& chunkOf(Nanos time, BlockType type, std::string_view item, std::string_view text);
    void endItem(Nanos time, BlockType type, std::string_view item);
    /// All text so far is withdrawn. `detail`: JSON of reason and evidence.
    void retractAll(Nanos time, std::string_view detail);
    /// The text of a block from that byte on is withdrawn; from 0: the block.
    void retract(Nanos time, StreamBlock& block, std::int64_t from, std::string_view detail);
    /// Makes a block read like this text: what differs is withdrawn, what is new comes behind, in another block where
    /// nothing stays. The block's text must be kept.
    void rewrite(Nanos time, StreamBlock& block, std::string_view text, std::string_view detail);
    /// What is not cleared of a choice is withdrawn; of a block of which anything is cleared, its end.
    void retractUncleared(Nanos time, std::uint32_t choice, std::string_view detail);
    /// The text of a block before that byte is final.
    void commit(Nanos time, StreamBlock& block, std::int64_t to);
    /// From now on all texts are joined, of blocks that have none yet.
    void keepText() { m_keepText = true; }
    /// Later counts replace earlier ones where they are recorded: vendors repeat them cumulatively.
    void count(std::string_view usageJson, Nanos time);
    void fail(Nanos time, std::string_view type, std::string_view message, std::string_view detail);
    /// The arguments of a tool call, given whole.
    void replaceText(StreamBlock& block, std::string_view text);

    /// Hands over the model call, its stream, and the tool calls it asked for. `fallbackId` stands where the response
    /// has no id.
    void give(SpanSink& sink, IssueTally& tally, std::string_view fallbackId);
    /// The same for a call of which more is known: its ids, the times of its request, the messages sent. The tool calls
    /// are given back and not handed over.
    std::vector<AskedCall> give(SpanSink& sink, IssueTally& tally, SpanRecord known);
    /// The events so far, for a span that others hand over.
    PackedStream takeStream() { return m_events.take(); }
    /// The joined output as a conversation.
    void addTo(SpanContent& content) const;

private:
    void widen(Nanos time);
    StreamBlock& addBlock(BlockType type, std::uint32_t index, std::uint32_t choice);
    Row giveCall(SpanSink& sink, IssueTally& tally, SpanRecord& span);
    std::vector<AskedCall> askedCalls(SpanSink& sink, const SpanRecord& call, const std::string& callName) const;

    bool m_keepText;
    StreamWriter m_events;
    std::vector<StreamBlock> m_blocks;
    Nanos m_first = noTime;
    Nanos m_last = noTime;
    Nanos m_firstChunk = noTime; ///< noTime also where the first chunk has none
    bool m_chunked = false;
};

/// `text` as a JSON string with its quotes.
std::string jsonQuoted(std::string_view text);

} // namespace arcscope
