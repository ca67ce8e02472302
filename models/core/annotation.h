// What people write about a place of a corpus, and the words for places and for parts of them.
#pragma once

#include "times.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace arcscope
{

enum class AnnotationKind : std::uint8_t {
    Note,
    Bookmark, ///< the body is what it is called; may be empty
    Range,    ///< of time; the part says from when to when
    Tag,      ///< the body is the tag
};
inline constexpr int annotationKindCount = 4;
std::string_view name(AnnotationKind kind); ///< "note", "bookmark", "range", "tag"
std::optional<AnnotationKind> annotationKindOf(std::string_view name);

/// The place of all that is open; others are told by placeOfTrace(), placeOfSpan() and placeOfArc().
inline constexpr std::string_view corpusPlace = "corpus";
std::string placeOfArc(std::string_view key); ///< "arc:KEY", of arcKey()
/// The key in such a place; nothing for any other.
std::optional<std::string_view> arcOfPlace(std::string_view place);

/// A part of a place.
struct PlacePart {
    enum class Of : std::uint8_t {
        Whole,
        Bytes, ///< of the untouched record of a span: `from` to `to`, which is behind the last
        Event, ///< of the stream of a span: the moment of event `from`, from 0
        Time,  ///< `from` to `to`
    };

    Of of = Of::Whole;
    std::int64_t from = 0;
    std::int64_t to = 0;

    bool operator==(const PlacePart&) const = default;
};

/// "", "bytes:FROM-TO", "event:N", "time:FROM..TO" (nanoseconds).
std::string text(const PlacePart& part);
/// Nothing for any other text, and for a part that ends before it begins.
std::optional<PlacePart> parsePlacePart(std::string_view text);

struct Annotation {
    std::int64_t id = 0; ///< of its own in every workspace it is brought to; more than 0
    AnnotationKind kind = AnnotationKind::Note;
    std::string place; ///< in words that later imports do not change
    std::string part;  ///< text(PlacePart)
    std::string body;
    std::string author; ///< empty: not recorded
    Nanos created = noTime;
    Nanos changed = noTime;

    bool operator==(const Annotation&) const = default;
};

/// Where the text of one that is not there yet is being written (Draft): "new KIND PART PLACE".
std::string placeOfDraft(const Annotation& annotation);
/// Its kind, part and place; nothing for any other text.
std::optional<Annotation> annotationOfDraft(std::string_view place);

/// One that no annotation has yet, wherever it is brought to.
std::int64_t newAnnotationId();

} // namespace arcscope
