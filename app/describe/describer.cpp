// arcscope_describe bash|zsh|fish, or man TEMPLATE: prints what is installed beside the program.
#include "manualpage.h"
#include "windowrequest.h"

#include <fstream>
#include <iostream>
#include <iterator>

int main(int argc, char** argv)
{
    using namespace arcscope;
    const std::string what = argc > 1 ? argv[1] : "";
    const CommandTable table{commands(), windowOptions()};
    if (what == "bash") {
        std::cout << bashCompletion(table);
    } else if (what == "zsh") {
        std::cout << zshCompletion(table);
    } else if (what == "fish") {
        std::cout << fishCompletion(table);
    } else if (what == "man" && argc > 2) {
        std::ifstream file(argv[2], std::ios::binary);
        const std::string page{std::istreambuf_iterator<char>(file), {}};
        if (page.empty()) {
            std::cerr << "arcscope_describe: " << argv[2] << " cannot be read\n";
            return 1;
        }
        std::cout << manualPage(page, ARCSCOPE_VERSION, table);
    } else {
        std::cerr << "arcscope_describe bash|zsh|fish, or man TEMPLATE\n";
        return 2;
    }
    return std::cout.flush() ? 0 : 1;
}
