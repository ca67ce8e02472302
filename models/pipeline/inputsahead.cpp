#include "inputsahead.h"

#include <utility>

namespace arcscope
{
namespace
{

bool isPrompt(const InputFile& file)
{
    return !file.archive && file.path != "-" && file.bytesOnDisk > 0;
}

} // namespace

InputsAhead::InputsAhead(std::span<const InputFile> files, const DigestKey& key, const ImportMappings& mappings,
                         const Control& control)
    : m_files(files)
    , m_key(key)
    , m_mappings(mappings)
    , m_control(control)
{
}

OpenedInput InputsAhead::open(const InputFile& file) const
{
    OpenedInput opened{openSource(file, m_control), std::nullopt, {}};
    if (opened.source) {
        Source& source = **opened.source;
        source.watch(m_key);
        opened.probe = Probe::of(source);
        opened.reading = readingOf(*opened.probe, source, file.name, m_mappings);
    }
    return opened;
}

OpenedInput InputsAhead::next()
{
    const InputFile& file = m_files.front();
    m_files = m_files.subspan(1);
    if (std::exchange(m_sent, false))
        m_errand.wait();
    else
        m_ahead = open(file);
    OpenedInput opened = std::move(*m_ahead);
    m_ahead.reset();
    if (!m_files.empty() && isPrompt(m_files.front()))
        m_sent = m_errand.send([this, &following = m_files.front()] { m_ahead = open(following); });
    return opened;
}

} // namespace arcscope
