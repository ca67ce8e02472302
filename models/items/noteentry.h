// A row of the list of notes: what somebody wrote, said or decided, whichever of them.
#pragma once

#include "annotation.h"
#include "replaydecision.h"

#include <QString>

namespace arcscope
{

struct NoteEntry {
    enum class Of : std::uint8_t { Annotation, Finding, Arc, Replay };

    Of of = Of::Annotation;
    AnnotationKind kind = AnnotationKind::Note; ///< of an annotation
    std::int64_t id = 0;                        ///< of an annotation
    QString key;                                ///< of a finding, an arc, or the task of a replay
    QString kindText;                           ///< "note", "dismissed", "failed"
    QString text;                               ///< lines
    std::string place;                          ///< empty: none that a view could show
    PlacePart part;
    QString author; ///< empty: not recorded
    Nanos changed = noTime;

    static QString keyOf(const ReplayReview& review)
    {
        return QString::fromStdString(review.task + '\n' + review.base + '\n' + review.candidate);
    }
    /// The same for the same thing in a later state of the notes.
    QString identity() const
    {
        return of == Of::Annotation ? QStringLiteral("note:%1").arg(id)
               : of == Of::Finding  ? QStringLiteral("finding:") + key
               : of == Of::Arc      ? QStringLiteral("arc:") + key
                                    : QStringLiteral("replay:") + key;
    }
};

} // namespace arcscope
