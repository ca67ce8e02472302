// Read-only text as high as what is written in it, in pieces of different looks; plain text, never markup.
#pragma once

#include <QTextEdit>

namespace arcscope
{

class EvidenceText : public QTextEdit
{
    Q_OBJECT

public:
    explicit EvidenceText(const QString& name, QWidget* parent = nullptr);

    void clearText();
    void add(const QString& text, const QTextCharFormat& format = {});

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override; ///< scrolls what it stands in

private:
    void fitHeight();
};

} // namespace arcscope
