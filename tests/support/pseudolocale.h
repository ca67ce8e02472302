// A language that nobody speaks: every text in brackets and half as long again, from left or from right. What is shown
// without brackets was never marked for translation, and what does not fit would not fit in other languages.
#pragma once

#include <QCoreApplication>
#include <QTranslator>

namespace arcscope::testing
{

class PseudoLocale : public QTranslator
{
public:
    explicit PseudoLocale(bool rightToLeft)
        : m_rightToLeft(rightToLeft)
    {
        QCoreApplication::installTranslator(this);
    }
    ~PseudoLocale() override { QCoreApplication::removeTranslator(this); }

    bool isEmpty() const override { return false; }

    QString translate(const char*, const char* source, const char*, int) const override
    {
        const QString text = QString::fromUtf8(source);
        if (text == QStringLiteral("QT_LAYOUT_DIRECTION"))
            return m_rightToLeft ? QStringLiteral("RTL") : QStringLiteral("LTR");
        // Letters of the script that the language is written in, before what it says and behind.
        const QChar letter(m_rightToLeft ? 0x05d0 : 0x0137);
        QString longer = QStringLiteral("\u27e6") + (m_rightToLeft ? QString(letter) : QString()) + text;
        const qsizetype more = (text.size() + 1) / 2;
        for (qsizetype i = 0; i + 2 < more; ++i)
            longer += i % 7 == 0 && more > 8 ? QLatin1Char(' ') : letter;
        return longer + QChar(0x27e7);
    }

private:
    bool m_rightToLeft;
};

} // namespace arcscope::testing
