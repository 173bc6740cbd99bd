/** What the labels of MNIST mean. */
export const mnistClasses: readonly string[] = [...'0123456789'];

/**
 * What the labels of Fashion-MNIST mean. Source: H. Xiao, K. Rasul, R. Vollgraf, "Fashion-MNIST: a
 * Novel Image Dataset for Benchmarking Machine Learning Algorithms", arXiv:1708.07747, table 2.
 */
export const fashionMnistClasses: readonly string[] = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

/**
 * What the labels of CIFAR-10 mean, as its batches.meta.txt says. Source: A. Krizhevsky, "The
 * CIFAR-10 dataset", https://www.cs.toronto.edu/~kriz/cifar.html
 */
export const cifar10Classes: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];
