/** Glossary: what a network is made of. */

/** @type {import('./terms.js').Term[]} */
export default [
  {
    id: 'weight', name: ['Weight', '权重'], see: ['bias', 'neuron', 'initialisation'],
    text: ['How strongly one number counts in the next: positive pushes up, negative pushes down. Training is finding good weights.', '一个数对下一个数的影响有多强：正的推高，负的压低。训练就是寻找好的权重。'],
    where: ['The lines of the network: thick is large, the colour is the sign.', '网络中的连线：越粗越大，颜色表示正负。'],
  },
  {
    id: 'bias', name: ['Bias', '偏置'], see: ['weight', 'neuron'],
    text: ['A number that a unit adds to its weighted sum, so that it can be active although all inputs are zero.', '神经元在加权和上再加的一个数，使它在输入全为零时也能被激活。'],
    where: ['Every unit of the network has one; it starts at zero.', '网络的每个神经元都有一个，从零开始。'],
  },
  {
    id: 'neuron', name: ['Neuron (unit)', '神经元'], see: ['weight', 'bias', 'activation', 'layer'],
    text: ['Adds up its inputs, each times its weight, adds its bias, and bends the result by its activation.', '把每个输入乘以权重后相加，加上偏置，再用激活函数弯曲结果。'],
    formula: 'a = f(Σ wᵢ xᵢ + b)',
    where: ['The small pictures of the network: each shows what one unit answers over the plane.', '网络中的小图：每个显示一个神经元在整个平面上的输出。'],
  },
  {
    id: 'layer', name: ['Layer', '层'], see: ['neuron', 'activation'],
    text: ['Units side by side that all look at the layer before. Each layer builds shapes out of the shapes before it.', '并排的一组神经元，都看着前一层。每一层用前一层的形状拼出新的形状。'],
    where: ['Model › Hidden layers: add, move and copy them; no layer makes a linear model.', '模型 › 隐藏层：可添加、移动、复制；没有层就是线性模型。'],
  },
  {
    id: 'activation', name: ['Activation function', '激活函数'], see: ['neuron', 'tanh', 'relu', 'sigmoid', 'linear'],
    text: ['The bend in a unit. Without it any number of layers could draw only a straight boundary.', '神经元中的弯曲。没有它，再多的层也只能画出直线边界。'],
    where: ['Model › a layer › Activation.', '模型 › 某一层 › 激活函数。'],
  },
  {
    id: 'linear', name: ['Linear', '线性'], see: ['activation'],
    text: ['No bend at all: what goes in comes out. Right for the output of a regression.', '完全没有弯曲：进去什么就出来什么。适合回归的输出。'],
    formula: 'f(z) = z',
    where: ['Activation › Linear. Try it in all layers: the boundary stays straight.', '激活函数 › 线性。所有层都用它：边界总是直的。'],
  },
  {
    id: 'sigmoid', name: ['Sigmoid', 'Sigmoid'], see: ['activation', 'softmax'],
    text: ['Squeezes any number between 0 and 1 in an S. Far from zero it is flat, so gradients become tiny there.', '用 S 形把任何数压到 0 与 1 之间。远离零处很平，那里的梯度很小。'],
    formula: 'σ(z) = 1 ⁄ (1 + e⁻ᶻ)',
    where: ['Activation › Sigmoid.', '激活函数 › Sigmoid。'],
  },
  {
    id: 'tanh', name: ['Tanh', '双曲正切'], see: ['activation', 'sigmoid'],
    text: ['An S between −1 and 1, centred on zero; the smooth default of this page.', '介于 −1 与 1、以零为中心的 S 形；本页的平滑默认选择。'],
    formula: 'tanh z = (eᶻ − e⁻ᶻ) ⁄ (eᶻ + e⁻ᶻ)',
    where: ['Activation › Tanh.', '激活函数 › 双曲正切。'],
  },
  {
    id: 'relu', name: ['ReLU', 'ReLU'], see: ['leaky-relu', 'activation'],
    text: ['Zero for negative sums, the sum itself otherwise. Quick, and it makes boundaries of straight pieces.', '和为负时输出零，否则原样输出。计算快，边界由直线段拼成。'],
    formula: 'f(z) = max(0, z)',
    where: ['Activation › ReLU. A unit that is zero for every row has died: its picture is empty.', '激活函数 › ReLU。对每一行都为零的神经元“死了”：它的小图是空的。'],
  },
  {
    id: 'leaky-relu', name: ['Leaky ReLU', '带泄漏 ReLU'], see: ['relu', 'elu'],
    text: ['ReLU with a small slope for negative sums, so that a unit never stops learning.', '负侧带小斜率的 ReLU，使神经元不会停止学习。'],
    formula: 'f(z) = z  (z > 0),  a z  (z ≤ 0)',
    where: ['Activation › Leaky ReLU › Negative slope.', '激活函数 › 带泄漏 ReLU › 负侧斜率。'],
  },
  {
    id: 'elu', name: ['ELU', 'ELU'], see: ['relu', 'leaky-relu'],
    text: ['Like ReLU, but it bends smoothly down to −α.', '类似 ReLU，但平滑地弯向 −α。'],
    formula: 'f(z) = z  (z > 0),  α (eᶻ − 1)  (z ≤ 0)',
    where: ['Activation › ELU › Alpha.', '激活函数 › ELU › α。'],
  },
  {
    id: 'swish', name: ['Swish (SiLU)', 'Swish（SiLU）'], see: ['relu', 'gelu', 'sigmoid'],
    text: ['The sum times its own sigmoid: a smooth ReLU that dips a little below zero.', '和乘以自身的 Sigmoid：平滑的 ReLU，在零以下略微下凹。'],
    formula: 'f(z) = z · σ(z)',
    where: ['Activation › Swish.', '激活函数 › Swish。'],
  },
  {
    id: 'gelu', name: ['GELU', 'GELU'], see: ['swish', 'relu'],
    text: ['The sum times the chance that a standard normal number is smaller; the smooth bend of language models.', '和乘以标准正态随机数比它小的概率；语言模型常用的平滑弯曲。'],
    formula: 'f(z) = z · Φ(z)',
    where: ['Activation › GELU.', '激活函数 › GELU。'],
  },
  {
    id: 'softplus', name: ['Softplus', 'Softplus'], see: ['relu'],
    text: ['A ReLU with its corner rounded; always above zero.', '圆角的 ReLU；总是大于零。'],
    formula: 'f(z) = ln(1 + eᶻ)',
    where: ['Activation › Softplus.', '激活函数 › Softplus。'],
  },
  {
    id: 'softmax', name: ['Softmax', 'Softmax'], see: ['cross-entropy', 'sigmoid'],
    text: ['Turns one score for each class into probabilities that add up to 1.', '把每类一个的得分变成总和为 1 的概率。'],
    formula: 'pₖ = e^zₖ ⁄ Σⱼ e^zⱼ',
    where: ['The output of a network that tells classes apart; its probabilities colour the decision map.', '分类网络的输出；其概率给决策图上色。'],
  },
  {
    id: 'initialisation', name: ['Initialisation (Xavier, He)', '初始化（Xavier、He）'], see: ['weight', 'seed', 'activation'],
    text: ['The random weights a network begins with, sized so that signals neither fade nor explode from layer to layer: Xavier suits tanh and sigmoid, He suits ReLU. All zeros would keep all units alike for ever.', '网络开始时的随机权重，大小恰好使信号逐层传递时既不消失也不爆炸：Xavier 适合 tanh 与 Sigmoid，He 适合 ReLU。全零会让所有神经元永远相同。'],
    formula: ['Xavier: σ² = 2 ⁄ (inputs + outputs),  He: σ² = 2 ⁄ inputs', 'Xavier：σ² = 2 ⁄ (输入数 + 输出数)，He：σ² = 2 ⁄ 输入数'],
    where: ['Model › Initialiser; another seed draws other weights.', '模型 › 初始化；换种子会抽取不同的权重。'],
  },
  {
    id: 'dropout', name: ['Dropout', 'Dropout（随机失活）'], see: ['drop-connect', 'overfitting', 'neuron'],
    text: ['Every update silences a random share of the units, so that no unit can rely on another; what remains is scaled up to the same mean. Predictions use all units.', '每次更新随机让一部分神经元归零，使神经元之间不能互相依赖；其余的按比例放大，平均值不变。预测时使用全部神经元。'],
    formula: ['a ⊙ m ⁄ (1 − p), with m = 0 with probability p, else 1', 'a ⊙ m ⁄ (1 − p)，m 以概率 p 为 0，否则为 1'],
    where: ['Model › a layer › Dropout, behind the layer whose units it silences.', '模型 › 某一层 › Dropout，放在要失活的层之后。'],
  },
  {
    id: 'drop-connect', name: ['DropConnect', 'DropConnect（随机断连）'], see: ['dropout', 'weight'],
    text: ['Every update leaves out a random share of a layer’s connections instead of whole units. Here one draw serves all rows of the batch; predictions use all connections.', '每次更新随机断开一层的部分连接，而不是让整个神经元归零。这里一次抽取供整批数据共用；预测时使用全部连接。'],
    formula: 'z = (M ⊙ W) x ⁄ (1 − p) + b',
    where: ['Model › a layer › DropConnect.', '模型 › 某一层 › DropConnect。'],
  },
];
