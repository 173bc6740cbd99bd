# How a port in Perl reads requests and arrays of doubles, and answers. Nothing but Perl itself is needed.
use strict;
use warnings;

sub read_file {
    my ($path) = @_;
    open my $file, '<:raw', $path or die "$path: $!\n";
    local $/;
    return scalar <$file>;
}

# JSON without escapes and literals, which is Perl but for the colons.
sub read_json {
    my $text = read_file(@_);
    $text =~ s/":/" => /g;
    return eval "+$text" || die "unreadable JSON: $@\n";
}

sub product { my $product = 1; $product *= $_ for @_; return $product }

# The shape is known from the request, so the header need not be read: the numbers are at the end.
sub read_npy {
    my ($path, $shape) = @_;
    my $size = 8 * product(@$shape);
    return unpack 'd<*', $size ? substr(read_file($path), -$size) : '';
}

sub write_npy {
    my ($path, $shape, @values) = @_;
    my $tuple = join ', ', @$shape;
    my $header = "{'descr': '<f8', 'fortran_order': False, 'shape': ($tuple,), }";
    open my $file, '>:raw', $path or die "$path: $!\n";
    print $file "\x93NUMPY\x01\x00", pack('v', 118), sprintf("%-117s\n", $header);
    print $file pack('d<*', @values);
    close $file or die "$path: $!\n";
}

# Answers the request in the folder that the command line names, or in each that a line of input names.
sub serve {
    my ($answer) = @_;
    return $answer->($ARGV[0]) if @ARGV;
    $| = 1;
    while (my $folder = <STDIN>) {
        chomp $folder;
        $answer->($folder);
        print "done\n";
    }
}

1;
