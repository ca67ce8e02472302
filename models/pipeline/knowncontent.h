// KnownContent: which input holds what an earlier one held already, told by the bytes and never by names.
#pragma once

#include "contentmarks.h"
#include "source.h"

#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace arcscope
{

/// What an input is in the light of those before it.
struct Recognised {
    enum class As : std::uint8_t {
        New,
        Same,  ///< the bytes of `source`
        Part,  ///< the beginning of `source`
        Grown, ///< `source` and something behind it
    };
    As as = As::New;
    std::size_t source = 0;
    ContentMark mark;        ///< of the source
    std::uint64_t bytes = 0; ///< of this input, unpacked; where as is not New
};

/// An input is read through for this only where its first kilobytes are those of an earlier one. Unpacked bytes count:
/// packing makes no difference.
class KnownContent
{
public:
    explicit KnownContent(const ContentMarks& stored);

    const DigestKey& key() const { return m_key; }
    /// `head`: the first bytes of the input, all of them where `complete`.
    Recognised find(const InputFile& file, std::string_view head, bool complete, const Control& control) const;
    void add(std::size_t source, const ContentMark& mark, const InputFile& file);
    /// What was added since this was made.
    const std::vector<SourceMark>& added() const { return m_added; }

private:
    struct Known {
        std::size_t source;
        ContentMark mark;
        std::optional<InputFile> file; ///< where it can be read again
    };

    void enter(Known known);
    Recognised compare(const InputFile& file, const std::vector<const Known*>& candidates,
                       const Control& control) const;
    static bool shorter(const Known* a, const Known* b);
    std::vector<const Known*> smallBeginnings(std::string_view head) const;
    bool beginsWith(const Known& known, const ContentMark& mark, const Control& control) const;

    DigestKey m_key;
    std::vector<Known> m_known;
    std::map<std::pair<std::uint64_t, DigestValue>, std::size_t> m_whole; ///< by bytes and digest
    std::multimap<std::uint64_t, std::size_t> m_byFirst;                  ///< by the first rung
    std::vector<std::size_t> m_small;                                     ///< without a first rung
    std::vector<SourceMark> m_added;
};

} // namespace arcscope
