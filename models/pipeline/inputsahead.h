// InputsAhead: the inputs of an import one after the other, opened and told apart while the one before is read.
#pragma once

#include "contentmarks.h"
#include "control.h"
#include "errand.h"
#include "inputreading.h"
#include "probe.h"
#include "source.h"

#include <memory>
#include <optional>
#include <span>

namespace arcscope
{

/// Nothing of it is read but what the probe saw.
struct OpenedInput {
    Result<std::unique_ptr<Source>> source; ///< watched
    std::optional<Probe> probe;             ///< where it could be opened
    InputReading reading;
};

/// What is given must outlive it. Only plain files are opened ahead: members of archives cost least one after the
/// other, and a pipe may be silent.
class InputsAhead
{
public:
    InputsAhead(std::span<const InputFile> files, const DigestKey& key, const ImportMappings& mappings,
                const Control& control);

    /// The next of the files; called once for each.
    OpenedInput next();

private:
    OpenedInput open(const InputFile& file) const;

    std::span<const InputFile> m_files; ///< those that were not asked for yet
    const DigestKey& m_key;
    const ImportMappings& m_mappings;
    const Control& m_control;
    std::optional<OpenedInput> m_ahead; ///< of the errand while one is under way
    bool m_sent = false;
    Errand m_errand;
};

} // namespace arcscope
