// StreamComparison: a stream kept beside the one that is shown, on one axis since the request and with one playhead.
#pragma once

#include "streamsubject.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <memory>

class QLabel;
class QWidget;

namespace arcscope
{

class StreamCanvas;
class StreamText;

class StreamComparison : public QObject
{
    Q_OBJECT

public:
    /// `canvas` shows the other stream. picture() and text() belong to whoever puts them into a layout; they are hidden
    /// while there is nothing to compare.
    explicit StreamComparison(StreamCanvas& canvas, QObject* parent = nullptr);

    QWidget* picture() const { return m_picture; }
    StreamText* text() const { return m_text; }
    StreamCanvas* canvas() const { return m_kept; }

    /// Null keeps none.
    void keep(std::shared_ptr<const StreamSubject> subject, const QString& name);
    bool keeps() const { return m_subject != nullptr; }
    /// The canvas shows this one now. Streams without times and streams with times have no axis in common: each keeps
    /// its own.
    void show(const std::shared_ptr<const StreamSubject>& subject, const QString& name);
    /// The playhead of the canvas moved.
    void follow();

signals:
    void placeChanged(); ///< the user moved the playhead here, and that of the canvas with it

private:
    bool oneAxis() const;
    Nanos shift() const; ///< what is added to a place of the canvas

    StreamCanvas& m_shown;
    QWidget* m_picture;
    QLabel* m_title;
    StreamCanvas* m_kept;
    StreamText* m_text;
    std::shared_ptr<const StreamSubject> m_subject;
    QString m_name;
};

} // namespace arcscope
