// Streams that unpack gzip and zstd, whatever they read from.
#pragma once

#include "source.h"

namespace arcscope
{

enum class Packing : std::uint8_t { None, Gzip, Zstd, Zip, Tar };

/// The bytes of a file, or of standard input for "-", as they lie there.
Result<std::unique_ptr<ByteStream>> openPacked(const std::string& path, const Control& control = {});

/// The same from byte `first` on, up to byte `last`; only standard input has no parts.
Result<std::unique_ptr<ByteStream>> openPackedPart(const std::string& path, std::uint64_t first, std::uint64_t last,
                                                   const Control& control = {});

/// What the first bytes of a stream say; tar is told by bytes 257 to 262.
Packing packingOf(std::string_view head);

/// Gives the bytes of `head` and then those of the stream that `head` was read from.
std::unique_ptr<ByteStream> withHead(std::string head, std::unique_ptr<ByteStream> rest);

/// Unpacks all members of a gzip stream, or all frames of a zstd stream. Zeros behind the last
/// gzip member are let pass.
std::unique_ptr<ByteStream> unpacked(Packing packing, std::unique_ptr<ByteStream> packed);

/// Unpacks as many layers as there are, recognised by content, and leaves other content alone. Error: too many layers,
/// or an archive, which only expandInputs() can list.
Result<std::unique_ptr<ByteStream>> fullyUnpacked(std::unique_ptr<ByteStream> stream, int layersBefore);

/// Fills `into` as far as the stream has bytes. An Error after some bytes is kept in `error`.
std::size_t readFully(ByteStream& stream, std::span<char> into, std::unique_ptr<Error>& error);

} // namespace arcscope
