#include <QString>

namespace arcscope
{

int length(const QString& text)
{
    return static_cast<int>(text.size());
}

} // namespace arcscope
