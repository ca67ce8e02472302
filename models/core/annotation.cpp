#include "annotation.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <random>

namespace arcscope
{
namespace
{

constexpr auto kindNames = std::to_array<std::string_view>({"note", "bookmark", "range", "tag"});

constexpr std::string_view arcWord = "arc:";
constexpr std::string_view draftWord = "new ";

std::optional<std::int64_t> numberOf(std::string_view digits)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool plain =
        !digits.empty() && digits != "-0" && (digits.size() == 1 || digits[0] != '0') && !digits.starts_with("-0");
    return plain && error == std::errc() && end == digits.data() + digits.size() ? std::optional(number) : std::nullopt;
}

/// Two numbers with `between` between them, the second not below the first.
std::optional<PlacePart> pairOf(PlacePart::Of of, std::string_view text, std::string_view between)
{
    const std::size_t at = text.find(between, 1); // the first number may be negative
    if (at == std::string_view::npos)
        return std::nullopt;
    const auto from = numberOf(text.substr(0, at));
    const auto to = numberOf(text.substr(at + between.size()));
    return from && to && *from <= *to ? std::optional(PlacePart{of, *from, *to}) : std::nullopt;
}

} // namespace

std::string_view name(AnnotationKind kind)
{
    return kindNames[static_cast<std::size_t>(kind)];
}

std::optional<AnnotationKind> annotationKindOf(std::string_view name)
{
    for (std::size_t i = 0; i < kindNames.size(); ++i) {
        if (kindNames[i] == name)
            return static_cast<AnnotationKind>(i);
    }
    return std::nullopt;
}

std::string placeOfArc(std::string_view key)
{
    return std::string(arcWord).append(key);
}

std::optional<std::string_view> arcOfPlace(std::string_view place)
{
    return place.starts_with(arcWord) ? std::optional(place.substr(arcWord.size())) : std::nullopt;
}

std::string placeOfDraft(const Annotation& annotation)
{
    return std::string(draftWord).append(name(annotation.kind)) + ' ' + annotation.part + ' ' + annotation.place;
}

std::optional<Annotation> annotationOfDraft(std::string_view place)
{
    if (!place.starts_with(draftWord))
        return std::nullopt;
    place.remove_prefix(draftWord.size());
    const std::size_t kindEnd = place.find(' ');
    const std::size_t partEnd = kindEnd == std::string_view::npos ? kindEnd : place.find(' ', kindEnd + 1);
    if (partEnd == std::string_view::npos)
        return std::nullopt;
    const auto kind = annotationKindOf(place.substr(0, kindEnd));
    const std::string_view part = place.substr(kindEnd + 1, partEnd - kindEnd - 1);
    if (!kind || !parsePlacePart(part))
        return std::nullopt;
    Annotation annotation;
    annotation.kind = *kind;
    annotation.part = part;
    annotation.place = place.substr(partEnd + 1);
    return annotation;
}

std::string text(const PlacePart& part)
{
    switch (part.of) {
    case PlacePart::Of::Whole:
        return {};
    case PlacePart::Of::Bytes:
        return "bytes:" + std::to_string(part.from) + '-' + std::to_string(part.to);
    case PlacePart::Of::Event:
        return "event:" + std::to_string(part.from);
    case PlacePart::Of::Time:
        break;
    }
    return "time:" + std::to_string(part.from) + ".." + std::to_string(part.to);
}

std::optional<PlacePart> parsePlacePart(std::string_view text)
{
    if (text.empty())
        return PlacePart();
    const auto behind = [&](std::string_view word) { return text.substr(word.size()); };
    std::optional<PlacePart> part;
    if (text.starts_with("bytes:")) {
        part = pairOf(PlacePart::Of::Bytes, behind("bytes:"), "-");
    } else if (text.starts_with("time:")) {
        part = pairOf(PlacePart::Of::Time, behind("time:"), "..");
        if (part && part->from == noTime)
            part.reset();
    } else if (text.starts_with("event:")) {
        if (const auto event = numberOf(behind("event:")))
            part = PlacePart{PlacePart::Of::Event, *event, 0};
    }
    const bool counted = part && part->of != PlacePart::Of::Time;
    if (counted && part->from < 0)
        part.reset();
    return part;
}

std::int64_t newAnnotationId()
{
    constexpr std::int64_t largest = (std::int64_t{1} << 52) - 1; // JSON of others keeps 53 bits
    std::random_device device;
    return std::uniform_int_distribution<std::int64_t>(1, largest)(device);
}

} // namespace arcscope
